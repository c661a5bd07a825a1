import { type ReactElement, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { mainOf } from './main-figure';
import { Mark, type MarkKind } from '../../pieces/mark';
import { formatShare } from '../../pieces/format';
import { type Draft, type Filling, fillingOf, keyOf, type Sheet } from './sheets';

const MARKS: Readonly<Record<Filling, MarkKind>> = { done: 'good', ready: 'run', begun: 'warn', empty: 'plain', waits: 'plain' };

export interface PeopleListProps {
  readonly sheets: readonly Sheet[];
  readonly drafts: Readonly<Record<string, Draft>>;
  readonly chosen: number;
  readonly onChoose: (at: number) => void;
  /** On a narrow screen: one selector on top instead of a column. */
  readonly asSelect: boolean;
}

/** Whom one rates, and how far one is with each. */
export function PeopleList({ sheets, drafts, chosen, onChoose, asSelect }: PeopleListProps): ReactElement {
  const { t } = useTranslation('team');
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    list.current?.children[chosen]?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  const states = sheets.map((sheet) => fillingOf(sheet, drafts[keyOf(sheet)]));
  if (asSelect)
    return (
      <div className="field">
        <label htmlFor="person">{t('score.person', { at: chosen + 1, of: sheets.length })}</label>
        <select id="person" className="plain-select" value={chosen} onChange={(event) => onChoose(event.target.selectedIndex)}>
          {sheets.map((sheet, index) => (
            <option key={keyOf(sheet)} value={index}>
              {`${nameOf(sheet, t)} · ${t(`filling.${states[index] ?? 'empty'}`)}`}
            </option>
          ))}
        </select>
      </div>
    );
  return (
    <nav aria-label={t('score.people')} className="panel scoring-people">
      <ol ref={list}>
        {sheets.map((sheet, index) => {
          const share = mainOf(sheet.figures)?.completion ?? null;
          const state = states[index] ?? 'empty';
          return (
            <li key={keyOf(sheet)}>
              <button type="button" aria-current={index === chosen ? 'true' : undefined} onClick={() => onChoose(index)}>
                <span className="name">{nameOf(sheet, t)}</span>
                {share !== null && <span className="number soft">{formatShare(share)}</span>}
                <Mark kind={MARKS[state]}>{t(`filling.${state}`)}</Mark>
              </button>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

type T = ReturnType<typeof useTranslation<'team'>>['t'];

/** With the part of the period, or the department whose lines it is about, where there are several. */
export function nameOf({ appraisal, task }: Sheet, t: T): string {
  const name = appraisal.name ?? t('erased');
  if (task.department !== null) return `${name} · ${task.department}`;
  return task.part === null ? name : `${name} · ${t('score.part', { part: task.part })}`;
}
