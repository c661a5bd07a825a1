import { compareDecimal, decimal, isWhole, parseDecimal, type SubjectId } from '#kernel';
import type { MetricCombine, MetricUnit } from './commands';

/** What one number of a person means: its unit, how the facts of one period combine, what values it can have. */
export interface Metric {
  readonly metric: string;
  readonly unit: MetricUnit;
  readonly combine: MetricCombine;
  /** Answers for its facts when one is contested. */
  readonly owner: SubjectId | null;
  /** Smallest value allowed; null: no bound. */
  readonly minimum: string | null;
  /** A target: set by imports of targets, never by facts. */
  readonly target: boolean;
  /** Where nobody reports it: that metric's value in the period before. */
  readonly previousOf?: string;
}

const SUMMED_MONEY = [
  'sales.amount', 'sales.existing', 'receivable.due', 'receivable.collected', 'expense.amount', 'revenue.amount', 'customers.new_sales',
  'pay.commission', 'pay.total', 'plan.actual', 'sales.list_value',
]; // prettier-ignore
const LAST_MONEY = ['pay.base', 'pay.performance_base', 'pay.bonus_base', 'pay.deposit_held'];
const SUMMED_COUNTS = [
  'customers.new', 'customers.lost', 'customers.retained', 'complaints.filed', 'complaints.in_time', 'breaches.count', 'uniform.breaches',
  'reports.due', 'reports.on_time', 'reports.accurate', 'accounts.opened', 'visits.count', 'calls.count', 'orders.weekly', 'plans.due', 'plans.done',
  'requests.received', 'requests.answered', 'inspections.made', 'inspections.passed', 'training.attended', 'certificates.count', 'prospects.complete',
  'leads.screened', 'quotes.due', 'quotes.in_time', 'deliveries.due', 'deliveries.in_time', 'contracts.signed', 'contracts.checked', 'deals.major',
  'deals.major_reported', 'deals.won', 'followups.due', 'followups.recorded', 'referrals.passed', 'absences.full_days', 'absences.half_days',
  'customers.served', 'customers.buying', 'customers.repeat', 'visits.successful', 'contracts.negotiated', 'meetings.due', 'meetings.held',
  'trainings.due', 'trainings.held', 'one_to_ones.due', 'one_to_ones.held',
]; // prettier-ignore
const LAST_COUNTS = ['customers.count', 'customers.existing', 'rank.of', 'rank.place'];
const RATES = ['satisfaction.rate', 'conversion.rate', 'share.rate', 'training.exam', 'leads.rate', 'test_drives.rate', 'deals.rate'];
const RATE_TARGETS = [
  'satisfaction.target', 'conversion.target', 'share.target', 'leads.target', 'test_drives.target', 'deals.target', 'customers.new_rate_target',
]; // prettier-ignore
const MONEY_TARGETS = ['sales.target', 'revenue.target', 'profit.target', 'plan.target'];
const COUNT_TARGETS = [
  'customers.target', 'customers.new_target', 'accounts.target', 'visits.target', 'calls.target', 'orders.weekly_target', 'training.target',
]; // prettier-ignore
const SUMMED_DAYS = ['absences.days', 'days.served', 'days.working'];

function all(metrics: readonly string[], unit: MetricUnit, combine: MetricCombine, more: Partial<Metric> = {}): readonly Metric[] {
  return metrics.map((metric) => ({ metric, unit, combine, owner: null, minimum: '0', target: false, ...more }));
}

/** Every fact that the shipped templates and the indicator library name, under the name they give it. */
export const BUILT_IN_METRICS: ReadonlyMap<string, Metric> = new Map(
  [
    ...all(SUMMED_MONEY, 'money', 'sum'),
    ...all(['profit.amount'], 'money', 'sum', { minimum: null }),
    ...all(['sales.previous'], 'money', 'sum', { previousOf: 'sales.amount' }),
    ...all(['sales.existing_previous'], 'money', 'sum', { previousOf: 'sales.existing' }),
    ...all(LAST_MONEY, 'money', 'last'),
    ...all(SUMMED_COUNTS, 'count', 'sum'),
    ...all(LAST_COUNTS, 'count', 'last'),
    ...all(RATES, 'percent', 'last'),
    ...all(RATE_TARGETS, 'percent', 'last', { target: true }),
    ...all(MONEY_TARGETS, 'money', 'sum', { target: true }),
    ...all(['profit.target'], 'money', 'sum', { target: true, minimum: null }),
    ...all(COUNT_TARGETS, 'count', 'sum', { target: true }),
    ...all(SUMMED_DAYS, 'days', 'sum'),
  ].map((metric) => [metric.metric, metric]),
);

/** Facts named `….target` or `…_target` come from targets. */
export function isTargetMetric(metric: string): boolean {
  return metric.endsWith('.target') || metric.endsWith('_target');
}

/** The built-in metrics with a company's declarations over them. */
export function metricRegistry(declared: readonly Omit<Metric, 'target'>[]): ReadonlyMap<string, Metric> {
  const registry = new Map(BUILT_IN_METRICS);
  for (const metric of declared)
    registry.set(metric.metric, { ...registry.get(metric.metric), ...metric, target: isTargetMetric(metric.metric) });
  return registry;
}

/** Money has cents at most; more decimals are an error of the file, not a rounding of ours. */
const MONEY_DECIMALS = 2;
const HUNDRED = decimal('100');

export type MetricValueProblem = 'invalid-number' | 'negative-value' | 'not-whole' | 'out-of-range' | 'too-many-decimals';

/** Why that text can't be a value of the metric; undefined when it can. Targets of counts need not be whole. */
export function metricValueProblem(metric: Metric, text: string): MetricValueProblem | undefined {
  const value = parseDecimal(text);
  if (!value) return 'invalid-number';
  if (metric.minimum !== null && compareDecimal(value, decimal(metric.minimum)) < 0) return 'negative-value';
  switch (metric.unit) {
    case 'count':
      return metric.target || isWhole(value) ? undefined : 'not-whole';
    case 'percent':
      return value.units < 0n || compareDecimal(value, HUNDRED) > 0 ? 'out-of-range' : undefined;
    case 'money':
      return isWhole({ units: value.units * 10n ** BigInt(MONEY_DECIMALS), scale: value.scale }) ? undefined : 'too-many-decimals';
    case 'days':
    case 'points':
      return undefined;
  }
}
