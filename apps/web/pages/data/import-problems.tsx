import { Button } from 'antd';
import { type FormEvent, type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../api/problem';
import { useCellWords } from './cell-words';

type CellProblem = NonNullable<Problem['errors']>[number];

const PAGE = 25;
/** Stands for "no column": no file can name one so. */
const NO_COLUMN = '\u0000';

/** Everything that is wrong with a file, by row and column: filtered by column, paged, and with a jump to a row. */
export function ImportProblems({ problem }: { readonly problem: Problem }): ReactElement {
  const { t } = useTranslation('data');
  const all = problem.errors ?? [];
  const total = typeof problem.details?.['problems'] === 'number' ? problem.details['problems'] : all.length;
  const [column, setColumn] = useState<string | undefined>(undefined);
  const [first, setFirst] = useState(0);
  const found = column === undefined ? all : all.filter((one) => (one.column ?? NO_COLUMN) === column);
  const shown = found.slice(first, first + PAGE);
  const filter = (next: string): void => {
    setColumn(next === '' ? undefined : next);
    setFirst(0);
  };
  const jump = (row: number): void => {
    const index = found.findIndex((one) => (one.row ?? 0) >= row);
    setFirst(index === -1 ? Math.max(0, found.length - PAGE) : index);
  };
  return (
    <section aria-label={t('wizard.problems', { count: total })}>
      <div className="note bad" role="alert">
        <strong>{t('wizard.problems', { count: total })}</strong>
        <p>{t('wizard.problemsText')}</p>
        {total > all.length && <p>{t('wizard.listed', { count: all.length })}</p>}
      </div>
      <div className="filters">
        <div className="field">
          <label htmlFor="problem-column">{t('wizard.column')}</label>
          <select id="problem-column" className="plain-select" value={column ?? ''} onChange={(event) => filter(event.target.value)}>
            <option value="">{t('wizard.allColumns')}</option>
            {columnsOf(all).map(([name, count]) => (
              <option key={name} value={name}>
                {name === NO_COLUMN ? t('wizard.wholeRow') : name} ({count})
              </option>
            ))}
          </select>
        </div>
        <Jump onJump={jump} />
      </div>
      <ProblemTable problems={shown} />
      <div className="row below">
        <span className="soft">
          {t('wizard.shown', { from: Math.min(first + 1, found.length), to: first + shown.length, total: found.length })}
        </span>
        <Button disabled={first === 0} onClick={() => setFirst(Math.max(0, first - PAGE))}>
          {t('wizard.previous')}
        </Button>
        <Button disabled={first + PAGE >= found.length} onClick={() => setFirst(first + PAGE)}>
          {t('wizard.next')}
        </Button>
      </div>
    </section>
  );
}

function columnsOf(problems: readonly CellProblem[]): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const { column = NO_COLUMN } of problems) counts.set(column, (counts.get(column) ?? 0) + 1);
  return [...counts];
}

function Jump({ onJump }: { readonly onJump: (row: number) => void }): ReactElement {
  const { t } = useTranslation('data');
  const [row, setRow] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (/^\d{1,7}$/.test(row.trim())) onJump(Number(row.trim()));
  };
  return (
    <form className="row" onSubmit={submit} style={{ alignItems: 'end' }}>
      <div className="field">
        <label htmlFor="problem-row">{t('wizard.jump')}</label>
        <input
          id="problem-row"
          className="plain-input"
          inputMode="numeric"
          value={row}
          onChange={(event) => setRow(event.target.value)}
          style={{ width: 100 }}
        />
      </div>
      <Button htmlType="submit">{t('wizard.jumpAct')}</Button>
    </form>
  );
}

function ProblemTable({ problems }: { readonly problems: readonly CellProblem[] }): ReactElement {
  const { t } = useTranslation('data');
  const words = useCellWords();
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label={t('wizard.what')}>
      <table className="plain">
        <thead>
          <tr>
            <th scope="col" className="number">
              {t('wizard.row')}
            </th>
            <th scope="col">{t('wizard.column')}</th>
            <th scope="col">{t('wizard.what')}</th>
            <th scope="col">{t('wizard.found')}</th>
          </tr>
        </thead>
        <tbody>
          {problems.map(({ row, column, code, value }, index) => (
            <tr key={`${row} ${column} ${code} ${index}`}>
              <td className="number">{row === 0 || row === undefined ? t('wizard.wholeFile') : row}</td>
              <td>{column === undefined ? t('wizard.wholeRow') : <code>{column}</code>}</td>
              <td>{words(code)}</td>
              <td>{value !== undefined && <code>{value}</code>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
