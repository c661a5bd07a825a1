import { subjectId } from '#kernel';
import { lateRuleOf, needsManagerOfManager, stepsFor } from './review-chain.policy';

const REP = subjectId('0190a000-0000-7000-8000-000000000001');
const MANAGER = subjectId('0190a000-0000-7000-8000-000000000002');
const ABOVE = subjectId('0190a000-0000-7000-8000-000000000003');
const CHAIN = [
  { step: 'self-review' as const, by: 'self' as const, late: 'facts-alone' as const },
  { step: 'manager-review' as const, by: 'direct-manager' as const, late: 'hold' as const },
  { step: 'second-review' as const, by: 'manager-of-manager' as const, late: 'hold' as const },
];

it('names reviewers by the line, or the role that reviews where the line ends', () => {
  expect(stepsFor(CHAIN, REP, { manager: MANAGER, managerOfManager: ABOVE })).toEqual([
    { step: 'self-review' },
    { step: 'manager-review', reviewer: MANAGER },
    { step: 'second-review', reviewer: ABOVE },
  ]);
  expect(stepsFor(CHAIN, REP, { manager: MANAGER, managerOfManager: null }).at(-1)).toEqual({ step: 'second-review', role: 'hr' });
  expect(stepsFor([{ step: 'second-review', by: 'sales-vp', late: 'hold' }], REP, { manager: MANAGER, managerOfManager: null })).toEqual([
    { step: 'second-review', role: 'second-reviewer' },
  ]);
});

it('lets nobody review themselves, also where the line runs in a circle', () => {
  expect(stepsFor(CHAIN, REP, { manager: MANAGER, managerOfManager: REP }).at(-1)).toEqual({ step: 'second-review', role: 'hr' });
});

it('knows the rule of a late step', () => {
  expect(lateRuleOf(CHAIN, 'manager-review')).toBe('hold');
  expect(needsManagerOfManager(CHAIN)).toBe(true);
});
