import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Button } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChangeAddress } from '../../pieces/address';
import { Answer } from '../../pieces/answer';
import { Empty } from '../../pieces/empty';
import { useActorWords } from '../../pieces/explain/actor';
import { formatInstant } from '../../pieces/format';
import { Panel } from '../../pieces/page';
import { type Entry, type Timeline, timelineQuery } from './audit-queries';
import { saveCsv, saveJson } from './downloads';
import { Picker } from './picker';

const route = getRouteApi('/frame/audit');

/** What happened to one thing, the latest first: in words, with the event as it was recorded beside it. */
export function TimelineOfAnything(): ReactElement {
  const { t } = useTranslation('audit');
  const { about, stream, as, why, before, asOf } = route.useSearch();
  const query = useQuery(timelineQuery({ about, stream, why, before, asOf }));
  const isAsked = about !== undefined || stream !== undefined;
  return (
    <>
      <Panel title={t('pick.title')}>
        <Picker />
      </Panel>
      <Panel
        title={t('timeline.of', { name: as ?? stream ?? about ?? '…' })}
        {...(query.data ? { extra: <Downloads timeline={query.data} /> } : {})}
      >
        {isAsked ? (
          <Answer query={query}>{(timeline) => <Entries timeline={timeline} />}</Answer>
        ) : (
          <Empty title={t('timeline.nothing')} text={t('timeline.nothingText')} />
        )}
      </Panel>
    </>
  );
}

function Downloads({ timeline }: { readonly timeline: Timeline }): ReactElement {
  const { t } = useTranslation('audit');
  const actorWords = useActorWords();
  const head = (['position', 'recorded', 'type', 'what', 'why', 'who', 'stream', 'event'] as const).map((key) =>
    t(`timeline.column.${key}`),
  );
  const rows = timeline.entries.map((entry) => [
    String(entry.position),
    entry.recordedAt,
    entry.type,
    entry.what,
    entry.why ?? '',
    actorWords(entry.actor, entry.actorName),
    entry.streamId,
    entry.eventId,
  ]);
  const name = `timeline-${timeline.entries.at(-1)?.position ?? 0}-${timeline.entries[0]?.position ?? 0}`;
  return (
    <div className="row">
      <Button onClick={() => saveJson(name, timeline.entries)}>{t('timeline.json')}</Button>
      <Button onClick={() => saveCsv(name, head, rows)}>{t('timeline.csv')}</Button>
    </div>
  );
}

function Entries({ timeline }: { readonly timeline: Timeline }): ReactElement {
  const { t } = useTranslation('audit');
  const change = useChangeAddress();
  const { before } = route.useSearch();
  const { next } = timeline;
  if (timeline.entries.length === 0) return <Empty title={t('timeline.none')} text={t('timeline.noneText')} />;
  return (
    <>
      {timeline.truncated && <p className="note warn">{t('timeline.truncated')}</p>}
      <ol className="cards">
        {timeline.entries.map((entry) => (
          <OneEntry key={entry.position} entry={entry} />
        ))}
      </ol>
      <div className="row">
        {before !== undefined && <Button onClick={() => change({ before: undefined })}>{t('timeline.latest')}</Button>}
        {next !== null && <Button onClick={() => change({ before: String(next) })}>{t('timeline.earlier')}</Button>}
      </div>
    </>
  );
}

function OneEntry({ entry }: { readonly entry: Entry }): ReactElement {
  const { t } = useTranslation('audit');
  const [isRaw, setRaw] = useState(false);
  const { position, recordedAt, occurredAt, what, why } = entry;
  return (
    <li>
      <div className="row">
        <time dateTime={recordedAt} className="soft">
          {formatInstant(recordedAt, { seconds: true })}
        </time>
        <span className="soft">#{position}</span>
        <strong>{what}</strong>
      </div>
      <div className="row soft">
        <Who entry={entry} />
        <code>{entry.type}</code>
        {why !== null && <span>{t('timeline.why', { why })}</span>}
        {Math.abs(Date.parse(recordedAt) - Date.parse(occurredAt)) > 60_000 && (
          <span>{t('timeline.happened', { time: formatInstant(occurredAt) })}</span>
        )}
      </div>
      <div className="row">
        <Button size="small" aria-expanded={isRaw} onClick={() => setRaw(!isRaw)}>
          {isRaw ? t('timeline.hide') : t('timeline.raw')} <span className="hidden">#{position}</span>
        </Button>
        <EntryActs entry={entry} />
      </div>
      {isRaw && (
        <pre className="scroll" tabIndex={0} aria-label={`${t('timeline.raw')} #${position}`}>
          {JSON.stringify(entry, undefined, 2)}
        </pre>
      )}
    </li>
  );
}

function Who({ entry: { actor, actorName } }: { readonly entry: Entry }): ReactElement {
  const words = useActorWords();
  return <span>{words(actor, actorName)}</span>;
}

/** From one entry on: the moment, one side of a comparison (of an appraisal's own entries), its hash. */
function EntryActs({ entry: { position, streamId } }: { readonly entry: Entry }): ReactElement {
  const { t } = useTranslation('audit');
  const change = useChangeAddress();
  const { stream, as } = route.useSearch();
  const appraisal = streamId.startsWith('appraisal-') ? streamId.slice('appraisal-'.length) : undefined;
  // Of another thing's timeline the name is another's.
  const appraisalAs = stream === streamId ? as : undefined;
  const name = <span className="hidden">#{position}</span>;
  return (
    <>
      <Button size="small" type="text" onClick={() => change({ asOf: String(position), before: undefined })}>
        {t('timeline.asOf')} {name}
      </Button>
      {appraisal !== undefined && (
        <>
          <Button size="small" type="text" onClick={() => change({ appraisal, appraisalAs, from: String(position) })}>
            {t('timeline.from')} {name}
          </Button>
          <Button size="small" type="text" onClick={() => change({ appraisal, appraisalAs, to: String(position), tab: 'compare' })}>
            {t('timeline.to')} {name}
          </Button>
        </>
      )}
      <Button size="small" type="text" onClick={() => change({ tab: 'proof', at: String(position) })}>
        {t('timeline.proof')} {name}
      </Button>
    </>
  );
}
