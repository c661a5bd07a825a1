import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { formatInstant, formatList } from '../../pieces/format';
import { Mark } from '../../pieces/mark';
import { Panel } from '../../pieces/page';
import type { AppealFile } from './appeal';

/** Who decides, and how they were drawn: seed, pool, who was out and why. */
export function CasePanel({ file }: { readonly file: AppealFile }): ReactElement | null {
  const { t } = useTranslation('appeals');
  const { t: c } = useTranslation('common');
  if (file.panel.length === 0 && file.draws.length === 0) return null;
  return (
    <Panel title={t('panel.title')}>
      <ul className="cards" aria-label={t('panel.members')}>
        {file.panel.map(({ subject, name, department, chair, voted }) => (
          <li key={subject} className="row">
            <strong>{name ?? c('erased')}</strong>
            <span className="soft">{department}</span>
            {chair && <Mark kind="run">{t('panel.chair')}</Mark>}
            {voted === true && <Mark kind="good">{t('panel.voted')}</Mark>}
            {voted === false && <Mark kind="plain">{t('panel.notVoted')}</Mark>}
          </li>
        ))}
      </ul>
      {file.draws.map((draw) => (
        <Draw key={`${draw.at} ${draw.drawn[0]?.subject ?? ''}`} draw={draw} />
      ))}
    </Panel>
  );
}

function Draw({ draw }: { readonly draw: AppealFile['draws'][number] }): ReactElement {
  const { t } = useTranslation('appeals');
  const { t: c } = useTranslation('common');
  const { outcome, at, seed, poolHash, poolSize, drawn, excluded, eligible, departments } = draw;
  return (
    <details style={{ marginTop: 12 }} open={outcome === 'not-seatable'}>
      <summary>
        {t(`draw.${outcome}`)} · {formatInstant(at)}
      </summary>
      <dl className="pairs" style={{ marginTop: 8 }}>
        {drawn.length > 0 && (
          <>
            <dt>{t('draw.drawn')}</dt>
            <dd>{formatList(drawn.map(({ name, department }) => `${name ?? c('erased')} (${department})`))}</dd>
          </>
        )}
        <dt>{t('draw.pool')}</dt>
        <dd>
          {t('draw.people', { count: poolSize })}
          {eligible !== null && ` · ${t('draw.eligible', { count: eligible, departments: departments ?? 0 })}`}
        </dd>
        {excluded !== undefined && (
          <>
            <dt>{t('draw.excluded')}</dt>
            <dd>
              {excluded.length === 0 && t('draw.nobodyExcluded')}
              {excluded.map(({ subject, name, reason }) => (
                <div key={subject}>
                  {name ?? c('erased')} · {t(`exclusion.${reason}`)}
                </div>
              ))}
            </dd>
          </>
        )}
        <dt>{t('draw.seed')}</dt>
        <dd className="seed">
          <code>{seed}</code>
        </dd>
        <dt>{t('draw.poolHash')}</dt>
        <dd className="seed">
          <code>{poolHash}</code>
        </dd>
      </dl>
    </details>
  );
}
