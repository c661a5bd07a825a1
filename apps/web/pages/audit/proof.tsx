import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Button } from 'antd';
import { type ReactElement, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChangeAddress } from '../../pieces/address';
import { Answer } from '../../pieces/answer';
import { formatInstant } from '../../pieces/format';
import { Mark } from '../../pieces/mark';
import { Panel } from '../../pieces/page';
import { entryQuery, logQuery } from './audit-queries';
import { isBeyond, positionProblem } from './moments';

const route = getRouteApi('/frame/audit');

/** What can be proven today, and plainly what can't. */
export function Proof(): ReactElement {
  const { t } = useTranslation('audit');
  const query = useQuery(logQuery);
  return (
    <>
      <Panel title={t('proof.title')}>
        <ul className="cards">
          <li>
            <Mark kind="good">{t('proof.has')}</Mark> {t('proof.hasOrder')}
          </li>
          <li>
            <Mark kind="good">{t('proof.has')}</Mark> {t('proof.hasLeaf')}
          </li>
          <li>
            <Mark kind="warn">{t('proof.hasNot')}</Mark> {t('proof.notNotary')} {t('proof.notMeans')}
          </li>
        </ul>
        <Answer query={query} lines={2}>
          {({ logId, epoch, position }) => (
            <dl className="pairs">
              <dt>{t('proof.log')}</dt>
              <dd>
                <code>{logId}</code>
              </dd>
              <dt>{t('proof.epoch')}</dt>
              <dd>{epoch}</dd>
              <dt>{t('proof.head')}</dt>
              <dd>{position}</dd>
            </dl>
          )}
        </Answer>
      </Panel>
      <OneHash />
    </>
  );
}

function OneHash(): ReactElement {
  const { t } = useTranslation('audit');
  const change = useChangeAddress();
  const { at } = route.useSearch();
  const [text, setText] = useState(at ?? '');
  const id = useId();
  const position = at !== undefined && /^\d+$/.test(at) ? Number.parseInt(at, 10) : 0;
  const last = useQuery(logQuery).data?.position;
  const problem = positionProblem(text, last);
  const query = useQuery(entryQuery(isBeyond(position, last) ? 0 : position));
  return (
    <Panel title={t('proof.entry')}>
      <div className="stack">
        <form
          className="row"
          onSubmit={(event) => {
            event.preventDefault();
            if (problem === undefined) change({ at: text.trim() });
          }}
        >
          <label htmlFor={id}>{t('proof.position')}</label>
          <input
            id={id}
            className="plain-input"
            style={{ width: 120 }}
            inputMode="numeric"
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
          <Button htmlType="submit" type="primary" disabled={problem !== undefined} aria-describedby={`${id}-why`}>
            {t('proof.show')}
          </Button>
          <span id={`${id}-why`} className="soft" role="status">
            {problem !== undefined && t(`log.problem.${problem}`, { last: last ?? 0 })}
          </span>
        </form>
        {position > 0 && !isBeyond(position, last) && (
          <Answer query={query} lines={4}>
            {(entry) => (
              <dl className="pairs">
                <dt>{t('proof.what')}</dt>
                <dd>{entry.what}</dd>
                <dt>{t('proof.leaf')}</dt>
                <dd>
                  <code>{entry.leaf}</code>
                </dd>
                <dt>{t('proof.format')}</dt>
                <dd>
                  <code>{entry.leafFormat}</code>
                </dd>
                <dt>{t('proof.type')}</dt>
                <dd>
                  <code>{entry.type}</code>
                </dd>
                <dt>{t('proof.recorded')}</dt>
                <dd>{formatInstant(entry.recordedAt, { seconds: true })}</dd>
                <dt>{t('proof.stream')}</dt>
                <dd>
                  <code>{entry.streamId}</code> {entry.streamVersion}
                </dd>
                <dt>{t('proof.event')}</dt>
                <dd>
                  <code>{entry.eventId}</code>
                </dd>
              </dl>
            )}
          </Answer>
        )}
      </div>
    </Panel>
  );
}
