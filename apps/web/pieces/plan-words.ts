import { useTranslation } from 'react-i18next';
import type { components } from '#api-schema';
import { formatDay, formatExact, formatList } from './format';
import type { MarkKind } from './mark';

export type Plan = components['schemas']['Plan'];
type Stage = Plan['stages'][number];
type Gate = Plan['gates'][number];
type Requirement = Stage['requirements'][number];
type Status = Plan['status']['status'];

/** The first gate that is not passed. */
export function nextGate({ gates }: Pick<Plan, 'gates'>): Gate | undefined {
  return gates.find(({ state }) => state !== 'passed');
}

export const STATUS_MARKS: Readonly<Record<Status, MarkKind>> = {
  behind: 'bad',
  'at-risk': 'warn',
  paused: 'plain',
  'on-track': 'good',
  graduated: 'good',
  ended: 'plain',
};
/** The most urgent first. */
export const STATUSES: readonly Status[] = ['behind', 'at-risk', 'paused', 'on-track', 'graduated', 'ended'];

export interface PlanWords {
  stage(of: Pick<Stage, 'stage' | 'key'>): string;
  stageOf(plan: Plan, stage: number): string;
  requirement(key: string): string;
  /** What is asked for, with its bounds: 两次角色扮演，每次 ≥ 4 分. */
  asked(requirement: Requirement): string;
  missing(keys: readonly string[]): string;
  reason(plan: Plan): string;
}

/**
 * A plan in words; whoever calls it has loaded the texts of `coaching`. A company's own stages and requirements have no words of ours: their keys are what
 * people named them.
 */
export function usePlanWords(): PlanWords {
  const { t, i18n } = useTranslation('coaching');
  const known = (table: 'stage' | 'requirement', key: string): string => {
    const found: unknown = i18n.getResource(i18n.language, 'coaching', `${table}.${key}`);
    return typeof found === 'string' ? found : key;
  };
  const stage: PlanWords['stage'] = (of) => t('stageNo', { number: of.stage, name: known('stage', of.key) });
  const stageOf: PlanWords['stageOf'] = (plan, number) => {
    const found = plan.stages.find((one) => one.stage === number);
    return found ? stage(found) : String(number);
  };
  const requirement: PlanWords['requirement'] = (key) => known('requirement', key);
  const missing: PlanWords['missing'] = (keys) => formatList(keys.map(requirement));
  return {
    stage,
    stageOf,
    requirement,
    missing,
    asked: ({ key, count, measure, atLeast, atMost }) => {
      const name = requirement(key);
      const bound =
        atLeast !== undefined
          ? t(`measure.${measure}`, { bound: `≥ ${formatExact(atLeast)}` })
          : atMost !== undefined
            ? t(`measure.${measure}`, { bound: `≤ ${formatExact(atMost)}` })
            : '';
      const times = count > 1 ? t('times', { count }) : '';
      return [name, times, bound].filter((part) => part !== '').join(' · ');
    },
    reason: (plan) => {
      const { status } = plan;
      const gate = status.stage === undefined ? nextGate(plan) : plan.gates.find((one) => one.stage === status.stage);
      const named = gate ? { stage: stageOf(plan, gate.stage), day: formatDay(gate.dueDay) } : { stage: '', day: '' };
      const keys = status.missing ?? [];
      const pause = plan.happenings.find(({ what }) => what === 'PlanPaused')?.reason ?? '';
      switch (status.reason) {
        case 'gates-passed':
          return gate ? t('reason.gates-passed', named) : t('reason.all-passed');
        case 'evidence-missing':
          return t('reason.evidence-missing', { ...named, missing: missing(keys) });
        case 'gate-overdue':
          return keys.length === 0 ? t('reason.to-judge', named) : t('reason.gate-overdue', { ...named, missing: missing(keys) });
        case 'on-leave':
        case 'paused':
          return t(`reason.${status.reason}`, { reason: pause });
        case 'assessment-missing':
        case 'all-passed':
          return t(`reason.${status.reason}`);
        case 'not-graduated':
        case 'stopped':
        case 'left':
        case 'replaced': {
          const because = plan.happenings.find(({ what }) => what === 'PlanEnded')?.reason ?? '';
          return t('reason.ended', { outcome: t(`outcome.${status.reason}`), reason: because });
        }
        default:
          return status.reason;
      }
    },
  };
}
