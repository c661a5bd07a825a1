import { isPeriod, parseDecimal, type Period } from '#kernel';
import { isTargetMetric, type Metric, metricValueProblem } from '#libs/organisation/contracts';
import { Columns, type Problems, type Table, type TableRow } from '#libs/tabular';
import type { TargetUnit } from '../contracts';

/** `owner,metric,period,value`; an owner is an employee number, or `team:…`, `region:…`, `company`. */
const COLUMNS = { owner: ['owner', '对象', '负责人'], metric: ['metric', '指标'], period: ['period', '期间'], value: ['value', '目标值'] };
const OWNER_CHARS = 120;

export type FileOwner = { readonly kind: 'person'; readonly employeeNo: string } | { readonly kind: TargetUnit; readonly label: string };

export interface TargetFileRow {
  readonly row: number;
  readonly owner: FileOwner;
  readonly metric: string;
  readonly period: Period;
  readonly value: string;
}

export interface TargetFile {
  readonly rows: readonly TargetFileRow[];
  readonly ownerColumn: string;
}

/** Problems are added for everything that can't be read. */
export function readTargetFile(table: Table, metrics: ReadonlyMap<string, Metric>, problems: Problems): TargetFile {
  const columns = new Columns(table.header);
  const [owner, metric, period, value] = [
    columns.find(COLUMNS.owner),
    columns.find(COLUMNS.metric),
    columns.find(COLUMNS.period),
    columns.find(COLUMNS.value),
  ];
  for (const [name, found] of Object.entries({ owner, metric, period, value })) if (!found) problems.add(1, name, 'missing-column');
  for (const name of columns.others(Object.values(COLUMNS))) problems.add(1, name, 'unknown-column');
  if (!owner || !metric || !period || !value || problems.total > 0) return { rows: [], ownerColumn: owner?.name ?? 'owner' };
  const names = { owner: owner.name, metric: metric.name, period: period.name, value: value.name };
  const rows = table.rows.flatMap(({ row, cells }: TableRow) => {
    const cell = {
      owner: cells[owner.index] ?? '',
      metric: cells[metric.index] ?? '',
      period: cells[period.index] ?? '',
      value: cells[value.index] ?? '',
    };
    return rowOf(row, cell, { names, metrics, problems });
  });
  return { rows, ownerColumn: owner.name };
}

type Cells = Readonly<Record<'owner' | 'metric' | 'period' | 'value', string>>;

function rowOf(
  row: number,
  cell: Cells,
  { names, metrics, problems }: { readonly names: Cells; readonly metrics: ReadonlyMap<string, Metric>; readonly problems: Problems },
): readonly TargetFileRow[] {
  const before = problems.total;
  const metric = metrics.get(cell.metric);
  if (cell.owner === '') problems.add(row, names.owner, 'empty');
  else if (cell.owner.length > OWNER_CHARS) problems.add(row, names.owner, 'too-long');
  if (cell.metric === '') problems.add(row, names.metric, 'empty');
  else if (!metric) problems.add(row, names.metric, 'unknown-metric', cell.metric);
  else if (!isTargetMetric(cell.metric)) problems.add(row, names.metric, 'not-a-target', cell.metric);
  if (cell.value === '') problems.add(row, names.value, 'empty');
  else if (!parseDecimal(cell.value)) problems.add(row, names.value, 'not-a-number', cell.value);
  else {
    const problem = metric && metricValueProblem(metric, cell.value);
    if (problem) problems.add(row, names.value, problem, cell.value);
  }
  if (!isPeriod(cell.period)) {
    problems.add(row, names.period, cell.period === '' ? 'empty' : 'not-a-period', cell.period);
    return [];
  }
  return problems.total > before ? [] : [{ row, owner: ownerOf(cell.owner), metric: cell.metric, period: cell.period, value: cell.value }];
}

function ownerOf(text: string): FileOwner {
  const unit = /^(team|region)[:：]\s*(.+)$/i.exec(text);
  if (unit?.[1] !== undefined && unit[2] !== undefined)
    return { kind: unit[1].toLowerCase() === 'team' ? 'team' : 'region', label: unit[2] };
  return text.toLowerCase() === 'company' ? { kind: 'company', label: 'company' } : { kind: 'person', employeeNo: text };
}
