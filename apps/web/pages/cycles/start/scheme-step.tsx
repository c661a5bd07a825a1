import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { components, paths } from '#api-schema';
import { api, bodyOf } from '../../../api/client';
import { useAddress, useChangeAddress } from '../../../pieces/address';
import { Answer } from '../../../pieces/answer';
import { Empty } from '../../../pieces/empty';
import { COMPANY_ZONE, formatExact, formatPeriod } from '../../../pieces/format';
import { Go } from '../../../pieces/go';
import { Panel } from '../../../pieces/page';
import { language } from '../../../texts';
import type { Cycle } from '../queries';
import { kindOf, type PeriodKind } from '../words';
import { NAME_MOST } from './input';

type Scheme = components['schemas']['SchemeVersion'];
type Needs = paths['/api/v1/schemes/{schemeId}/versions/{version}/needs']['get']['responses']['200']['content']['application/json'];
const KINDS: readonly PeriodKind[] = ['month', 'quarter', 'year'];
const REGIONS = ['CN', 'WEEKDAYS'] as const;

const inForceQuery = {
  queryKey: ['schemes', 'in-force'],
  queryFn: async (): Promise<readonly Scheme[]> => {
    const { items } = await bodyOf(api.GET('/api/v1/schemes'));
    return items.filter(({ status }) => status === 'in-force');
  },
};

/** For which period, by which scheme, and what that scheme needs. */
export function SchemeStep({ like }: { readonly like: Cycle | undefined }): ReactElement {
  const { t } = useTranslation('cycles');
  const schemes = useQuery(inForceQuery);
  const { scheme: chosen } = useAddress();
  return (
    <Answer query={schemes}>
      {(items) => {
        if (items.length === 0)
          return <Empty title={t('start.noScheme')} text={t('start.noSchemeText')} next={<Go to="/schemes">{t('start.toSchemes')}</Go>} />;
        const scheme = items.find(({ schemeId }) => schemeId === chosen);
        return (
          <>
            <Panel title={t('start.steps.scheme')}>
              <div className="form-grid">
                <PeriodFields />
                <SchemeField schemes={items} />
                <NameField />
                <RegionField like={like} />
              </div>
            </Panel>
            {scheme && <NeedsOf scheme={scheme} />}
          </>
        );
      }}
    </Answer>
  );
}

/** The kind and the period itself; a name that nobody has written follows it. */
function PeriodFields(): ReactElement {
  const { t } = useTranslation('cycles');
  const { of, name } = useAddress();
  const change = useChangeAddress();
  const kind = of === undefined ? 'month' : kindOf(of);
  const nameOf = (period: string): string => t('start.nameOf', { period: formatPeriod(period), kind: t(`kind.${kindOf(period)}`) });
  const choose = (next: string): void => {
    const isOwn = name !== undefined && (of === undefined || name !== nameOf(of));
    change({ of: next === '' ? undefined : next, ...(isOwn || next === '' ? {} : { name: nameOf(next) }) });
  };
  const offered = periodsOf(kind);
  return (
    <>
      <div className="field">
        <label htmlFor="kind">{t('start.periodKind')}</label>
        <select
          id="kind"
          className="plain-select"
          value={kind}
          onChange={(event) => choose(periodsOf(KINDS.find((one) => one === event.target.value) ?? 'month')[1] ?? '')}
        >
          {KINDS.map((one) => (
            <option key={one} value={one}>
              {t(`kind.${one}`)}
            </option>
          ))}
        </select>
      </div>
      <div className="field">
        <label htmlFor="of">{t('start.period')}</label>
        <select id="of" className="plain-select" value={of ?? ''} onChange={(event) => choose(event.target.value)}>
          <option value="" />
          {(of === undefined || offered.includes(of) ? offered : [of, ...offered]).map((one) => (
            <option key={one} value={one}>
              {formatPeriod(one)}
            </option>
          ))}
        </select>
      </div>
    </>
  );
}

function SchemeField({ schemes }: { readonly schemes: readonly Scheme[] }): ReactElement {
  const { t } = useTranslation('cycles');
  const { scheme } = useAddress();
  const change = useChangeAddress();
  return (
    <div className="field">
      <label htmlFor="scheme">{t('start.scheme')}</label>
      <select
        id="scheme"
        className="plain-select"
        value={scheme ?? ''}
        onChange={(event) => change({ scheme: event.target.value || undefined })}
      >
        <option value="" />
        {schemes.map(({ schemeId, title, version }) => (
          <option key={schemeId} value={schemeId}>
            {title[language()]} · {t('start.schemeVersion', { version })}
          </option>
        ))}
      </select>
    </div>
  );
}

function NameField(): ReactElement {
  const { t } = useTranslation('cycles');
  const { name } = useAddress();
  const change = useChangeAddress();
  return (
    <div className="field">
      <label htmlFor="name">{t('start.name')}</label>
      <input
        id="name"
        className="plain-input"
        maxLength={NAME_MOST}
        value={name ?? ''}
        onChange={(event) => change({ name: event.target.value || undefined }, { replace: true })}
      />
    </div>
  );
}

function RegionField({ like }: { readonly like: Cycle | undefined }): ReactElement {
  const { t } = useTranslation('cycles');
  const { calendar } = useAddress();
  const change = useChangeAddress();
  return (
    <div className="field">
      <label htmlFor="calendar">{t('start.calendar')}</label>
      <select
        id="calendar"
        className="plain-select"
        value={calendar ?? 'CN'}
        onChange={(event) => change({ calendar: event.target.value })}
      >
        {REGIONS.map((one) => (
          <option key={one} value={one}>
            {t(`calendarRegion.${one}`)}
          </option>
        ))}
      </select>
      {like && like.dayLengthMs !== null && (
        <span className="soft">{t('cycle.shortDays', { seconds: formatExact(String(like.dayLengthMs / 1000)) })}</span>
      )}
    </div>
  );
}

function NeedsOf({ scheme: { schemeId, version } }: { readonly scheme: Scheme }): ReactElement {
  const { t } = useTranslation('cycles');
  const query = useQuery({
    queryKey: ['schemes', schemeId, version, 'needs'],
    queryFn: () => bodyOf(api.GET('/api/v1/schemes/{schemeId}/versions/{version}/needs', { params: { path: { schemeId, version } } })),
  });
  return (
    <Panel title={t('start.needs')}>
      <Answer query={query}>{(needs) => <Needed needs={needs} />}</Answer>
    </Panel>
  );
}

function Needed({ needs: { facts, self, manager } }: { readonly needs: Needs }): ReactElement {
  const { t } = useTranslation('cycles');
  return (
    <dl className="pairs">
      <dt>{t('start.needFacts')}</dt>
      <dd>
        {facts.length === 0
          ? t('start.needNone')
          : facts
              .map(
                ({ title, optional }) =>
                  title[language()] + (optional === undefined ? '' : ` (${t('start.optionalFact', { value: optional })})`),
              )
              .join(' · ')}
      </dd>
      <dt>{t('start.needSelf')}</dt>
      <dd>{self.length === 0 ? t('start.needNone') : self.map(({ title }) => title[language()]).join(' · ')}</dd>
      <dt>{t('start.needManager')}</dt>
      <dd>{manager.length === 0 ? t('start.needNone') : manager.map(({ title }) => title[language()]).join(' · ')}</dd>
    </dl>
  );
}

const MONTHS_AROUND = 14;

/** Periods of a kind around today: the next one first, then this one and those before. */
function periodsOf(kind: PeriodKind): readonly string[] {
  const [year = 0, month = 1] = new Intl.DateTimeFormat('en-CA', { timeZone: COMPANY_ZONE, year: 'numeric', month: '2-digit' })
    .format(Date.now())
    .split('-')
    .map(Number);
  const now = year * 12 + month - 1;
  if (kind === 'year') return Array.from({ length: 4 }, (_, back) => String(year + 1 - back));
  const back = (count: number): number => now + (kind === 'month' ? 1 - count : 3 - count * 3);
  return Array.from({ length: kind === 'month' ? MONTHS_AROUND : 6 }, (_, count) => {
    const at = back(count);
    const ofYear = Math.floor(at / 12);
    return kind === 'month' ? `${ofYear}-${String((at % 12) + 1).padStart(2, '0')}` : `${ofYear}-Q${Math.floor((at % 12) / 3) + 1}`;
  });
}
