import { Button, Table } from 'antd';
import { type ReactElement, type ReactNode, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { useAddress, useChangeAddress } from './address';

export interface Column<T> {
  readonly key: string;
  readonly title: string;
  readonly render: (row: T) => ReactNode;
  /** Right-aligned in tabular figures. */
  readonly number?: boolean;
  /** Names the row; first on the card that stands for it on a narrow screen. Exactly one column should have it. */
  readonly primary?: boolean;
  readonly width?: number;
}

export interface DataTableProps<T> {
  /** What the rows are, for screen readers. */
  readonly label: string;
  readonly rows: readonly T[];
  readonly rowKey: (row: T) => string;
  readonly columns: readonly Column<T>[];
  /** `next` of the API's page; the cursor stands in the address as `after`. */
  readonly next?: string | undefined;
  readonly empty: ReactNode;
  /** Selection by row key, where rows can be acted on together. */
  readonly selection?: {
    readonly selected: readonly string[];
    readonly onChange: (selected: readonly string[]) => void;
    /** False for rows that can't be acted on. */
    readonly canChoose?: (row: T) => boolean;
  };
  readonly onOpen?: (row: T) => void;
  /** Names a row where it is chosen; its key when absent. */
  readonly rowLabel?: (row: T) => string;
  /** All of it, whatever page of another table stands in the address. */
  readonly isWhole?: boolean;
}

/** A table where there is room for one, cards where there is not: the same rows, in the order the API gives them. */
export function DataTable<T extends object>(props: DataTableProps<T>): ReactElement {
  const isNarrow = useNarrow();
  const isEmpty = props.rows.length === 0;
  // A page of a filtered list may have nothing although a later one has.
  const hasPages = props.isWhole !== true && (!isEmpty || props.next !== undefined);
  return (
    <>
      {isEmpty ? props.empty : isNarrow ? <Cards {...props} /> : <Wide {...props} />}
      {hasPages && <Pages next={props.next} rows={props.rows.length} />}
    </>
  );
}

function Wide<T extends object>({ label, rows, rowKey, columns, selection, rowLabel = rowKey }: DataTableProps<T>): ReactElement {
  return (
    <Table<T>
      aria-label={label}
      size="small"
      pagination={false}
      dataSource={[...rows]}
      rowKey={rowKey}
      {...(selection
        ? {
            rowSelection: {
              selectedRowKeys: [...selection.selected],
              onChange: (keys) => selection.onChange(keys.map(String)),
              getCheckboxProps: (row) => ({ 'aria-label': rowLabel(row), disabled: selection.canChoose?.(row) === false }),
            },
          }
        : {})}
      columns={columns.map(({ key, title, render, number, width }) => ({
        key,
        title,
        render: (_: unknown, row: T) => render(row),
        ...(number === true ? { align: 'right' as const, className: 'number' } : {}),
        ...(width === undefined ? {} : { width }),
      }))}
    />
  );
}

function Cards<T extends object>({ label, rows, rowKey, columns, selection, rowLabel = rowKey }: DataTableProps<T>): ReactElement {
  const primary = columns.find((column) => column.primary === true) ?? columns[0];
  return (
    <ul className="cards" aria-label={label}>
      {rows.map((row) => (
        <li key={rowKey(row)}>
          <div className="row">
            {selection && (
              <input
                type="checkbox"
                aria-label={rowLabel(row)}
                checked={selection.selected.includes(rowKey(row))}
                disabled={selection.canChoose?.(row) === false}
                onChange={(event) =>
                  selection.onChange(
                    event.target.checked ? [...selection.selected, rowKey(row)] : selection.selected.filter((key) => key !== rowKey(row)),
                  )
                }
              />
            )}
            <strong>{primary?.render(row)}</strong>
          </div>
          <dl className="pairs">
            {columns
              .filter((column) => column !== primary)
              .map(({ key, title, render }) => (
                <Pair key={key} title={title} value={render(row)} />
              ))}
          </dl>
        </li>
      ))}
    </ul>
  );
}

function Pair({ title, value }: { readonly title: string; readonly value: ReactNode }): ReactElement | null {
  if (value === null || value === undefined || value === '') return null;
  return (
    <>
      <dt>{title}</dt>
      <dd>{value}</dd>
    </>
  );
}

function Pages({ next, rows }: { readonly next: string | undefined; readonly rows: number }): ReactElement {
  const { t } = useTranslation('common');
  const { after } = useAddress();
  const change = useChangeAddress();
  return (
    <div className="row" style={{ justifyContent: 'flex-end', marginTop: 12 }}>
      <span className="soft">{t('table.rows', { count: rows })}</span>
      {after !== undefined && <Button onClick={() => change({ after: undefined })}>{t('firstPage')}</Button>}
      {next !== undefined && <Button onClick={() => change({ after: next })}>{t('nextPage')}</Button>}
    </div>
  );
}

const NARROW = window.matchMedia('(max-width: 767px)');

export function useNarrow(): boolean {
  return useSyncExternalStore(
    (changed) => {
      NARROW.addEventListener('change', changed);
      return () => NARROW.removeEventListener('change', changed);
    },
    () => NARROW.matches,
  );
}
