import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { type ReactElement, useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../../app/session';
import { useChangeAddress } from '../../pieces/address';
import { Answer } from '../../pieces/answer';
import { useNarrow } from '../../pieces/data-table';
import { Deadline } from '../../pieces/deadline';
import { Empty } from '../../pieces/empty';
import { explainDeadline, Explained } from '../../pieces/explain/explained';
import { formatPeriod } from '../../pieces/format';
import { Page } from '../../pieces/page';
import { useDrafts } from './drafts';
import { PeopleList } from './people-list';
import { ScoreSheet } from './score-sheet';
import { cycleQuery, type Draft, fillingOf, keyOf, type Sheet, type Sheets, sheetsQuery } from './sheets';
import { Spread } from './spread';
import { SubmitScores } from './submit-scores';
import './team.css';

const route = getRouteApi('/frame/team/score/$cycleId');

/** A manager rates their people one after another: everything that a rating rests on stands beside its fields. */
export function ScorePage(): ReactElement {
  const { cycleId } = route.useParams();
  const { t } = useTranslation('team');
  const cycle = useQuery(cycleQuery(cycleId));
  const sheets = useQuery(sheetsQuery(cycleId, 'manager-review'));
  const due = sheets.data?.items.find(({ dueAt }) => dueAt !== null)?.dueAt ?? null;
  const meta = (
    <span className="row">
      {cycle.data && `${cycle.data.name} · ${formatPeriod(cycle.data.period)}`}
      {due !== null && (
        <Explained of={explainDeadline(cycleId, 'manager-review')}>
          <Deadline at={due} />
        </Explained>
      )}
    </span>
  );
  return (
    <Page title={t('score.title')} meta={meta}>
      <Answer query={sheets} lines={10}>
        {(data) =>
          data.items.length === 0 ? (
            <Empty title={t('score.empty')} text={t('score.emptyText')} />
          ) : (
            <Scoring key={cycleId} cycleId={cycleId} sheets={data} />
          )
        }
      </Answer>
    </Page>
  );
}

function Scoring({ cycleId, sheets }: { readonly cycleId: string; readonly sheets: Sheets }): ReactElement {
  const { t } = useTranslation('team');
  const me = useMe();
  const { drafts, set, drop } = useDrafts(`score.${me.subject}.${cycleId}`);
  const { person } = route.useSearch();
  const change = useChangeAddress();
  const isNarrow = useNarrow();
  const [strict, setStrict] = useState(false);
  const { items } = sheets;
  // Found once: who is filled in stays in sight until one goes on.
  const [begin] = useState(() => firstOpen(items, drafts));
  const at = Math.max(0, person === undefined ? begin : items.findIndex((sheet) => keyOf(sheet) === person));
  const sheet = items[at];
  const { place, focusFirst } = useFirstField(sheet && keyOf(sheet));
  const go = useCallback(
    (to: number): void => {
      const next = items[to];
      if (!next) return;
      focusFirst();
      change({ person: keyOf(next) }, { replace: true });
    },
    [items, change, focusFirst],
  );
  useStepKeys(at, go);
  const submit = useRef<HTMLDivElement>(null);
  if (!sheet) return <Empty title={t('score.empty')} />;
  const next = at + 1 < items.length ? () => go(at + 1) : () => submit.current?.querySelector('button')?.focus();
  return (
    <>
      {sheets.isCut && <div className="note warn">{t('score.cut', { count: items.length })}</div>}
      <div className="row scoring-bar" ref={submit}>
        <Progress items={items} drafts={drafts} />
        <SubmitScores
          sheets={items}
          drafts={drafts}
          onSent={drop}
          onMissing={() => setStrict(true)}
          onOpen={(key) => go(items.findIndex((one) => keyOf(one) === key))}
        />
      </div>
      <div className="scoring">
        <PeopleList sheets={items} drafts={drafts} chosen={at} onChoose={go} asSelect={isNarrow} />
        <div className="scoring-main" ref={place}>
          <ScoreSheet
            key={keyOf(sheet)}
            sheet={sheet}
            draft={drafts[keyOf(sheet)]}
            strict={strict}
            onDraft={(draft) => set(keyOf(sheet), draft)}
            onDrop={() => drop([keyOf(sheet)])}
            onNext={next}
            nextName={items[at + 1]?.appraisal.name ?? null}
            onPrevious={at > 0 ? () => go(at - 1) : undefined}
          />
          <Spread sheets={items} drafts={drafts} current={keyOf(sheet)} />
        </div>
      </div>
    </>
  );
}

function Progress({ items, drafts }: { readonly items: readonly Sheet[]; readonly drafts: Readonly<Record<string, Draft>> }): ReactElement {
  const { t } = useTranslation('team');
  const fillings = items.map((sheet) => fillingOf(sheet, drafts[keyOf(sheet)]));
  const count = (which: string): number => fillings.filter((one) => one === which).length;
  return (
    <p className="soft" role="status">
      {t('score.progress', { done: count('done'), ready: count('ready'), total: items.length })} · {t('score.keys')}
    </p>
  );
}

/** The first person who can be rated now. */
function firstOpen(items: readonly Sheet[], drafts: Readonly<Record<string, Draft>>): number {
  const empty = items.findIndex((sheet) => sheet.waits === null && fillingOf(sheet, drafts[keyOf(sheet)]) !== 'ready');
  return empty === -1 ? items.findIndex(({ waits }) => waits === null) : empty;
}

/** Alt with the arrow up or down: the person before or after, wherever the focus is. */
function useStepKeys(at: number, go: (to: number) => void): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (!event.altKey || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp')) return;
      event.preventDefault();
      go(event.key === 'ArrowDown' ? at + 1 : at - 1);
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [at, go]);
}

/** Puts the focus into the first field of a person who was gone on to: scoring goes on without a click. */
function useFirstField(key: string | undefined): {
  readonly place: React.RefObject<HTMLDivElement | null>;
  readonly focusFirst: () => void;
} {
  const place = useRef<HTMLDivElement>(null);
  const isWanted = useRef(true);
  useEffect(() => {
    if (!isWanted.current || key === undefined) return;
    isWanted.current = false;
    const form = place.current?.querySelector('form');
    (
      form?.querySelector<HTMLElement>('input:not(:disabled), textarea:not(:disabled), button:not(:disabled)') ??
      place.current?.querySelector<HTMLElement>('h2')
    )?.focus({
      preventScroll: true,
    });
  }, [key]);
  const focusFirst = useCallback(() => {
    isWanted.current = true;
  }, []);
  return { place, focusFirst };
}
