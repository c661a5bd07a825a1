import { type SubjectId, subjectId } from '#kernel';
import { compiledTemplate, reviewSteps } from '#libs/scheme';
import { headOf, headsNamed, lateRuleOf, needsManagerOfManager, stepsFor } from './review-chain.policy';

const REP = subjectId('0190a000-0000-7000-8000-000000000001');
const MANAGER = subjectId('0190a000-0000-7000-8000-000000000002');
const ABOVE = subjectId('0190a000-0000-7000-8000-000000000003');
const OTHER = subjectId('0190a000-0000-7000-8000-000000000009');
const CHAIN = [
  { step: 'self-review' as const, by: 'self' as const, late: 'facts-alone' as const },
  { step: 'manager-review' as const, by: 'direct-manager' as const, late: 'hold' as const },
  { step: 'second-review' as const, by: 'manager-of-manager' as const, late: 'hold' as const },
];

it('names reviewers by the line, or the role that reviews where the line ends', () => {
  expect(stepsFor(CHAIN, REP, { manager: MANAGER, managerOfManager: ABOVE })).toEqual([
    { step: 'self-review', late: 'facts-alone' },
    { step: 'manager-review', reviewer: MANAGER, late: 'hold' },
    { step: 'second-review', reviewer: ABOVE, late: 'hold' },
  ]);
  expect(stepsFor(CHAIN, REP, { manager: MANAGER, managerOfManager: null }).at(-1)).toEqual({
    step: 'second-review',
    role: 'hr',
    late: 'hold',
  });
  expect(stepsFor([{ step: 'second-review', by: 'sales-vp', late: 'hold' }], REP, { manager: MANAGER, managerOfManager: null })).toEqual([
    { step: 'second-review', role: 'second-reviewer', late: 'hold' },
  ]);
});

it('lets nobody review themselves, also where the line runs in a circle', () => {
  expect(stepsFor(CHAIN, REP, { manager: MANAGER, managerOfManager: REP }).at(-1)).toEqual({
    step: 'second-review',
    role: 'hr',
    late: 'hold',
  });
});

it('knows the rule of a late step', () => {
  expect(lateRuleOf(CHAIN, 'manager-review')).toBe('hold');
  expect(needsManagerOfManager(CHAIN)).toBe(true);
});

describe('the chain of role-specific cards (templates.md 9)', () => {
  const scheme = compiledTemplate('discipline-70-30');
  const PLANNER = subjectId('0190a000-0000-7000-8000-000000000004');
  const SERVICE = subjectId('0190a000-0000-7000-8000-000000000005');
  const line = {
    manager: MANAGER,
    managerOfManager: ABOVE,
    department: '销售部',
    headOfPlanning: PLANNER,
    heads: new Map([['服务部', SERVICE]]),
  };
  const tasksOf = (role: string, asked?: { departments: string[]; groups: 'peers'[] }) =>
    stepsFor(reviewSteps(scheme, 'month', { role }), REP, line, asked).map(({ late: _late, ...task }) => task);

  it('a rep: regional manager, planning, sales VP, HR', () =>
    expect(tasksOf('rep')).toEqual([
      { step: 'self-review' },
      { step: 'manager-review', reviewer: MANAGER },
      { step: 'second-review', level: 1, role: 'planning' },
      { step: 'second-review', level: 2, role: 'second-reviewer' },
      { step: 'second-review', level: 3, role: 'hr' },
    ]));

  it('a regional manager: the head of planning, sales VP, HR', () =>
    expect(tasksOf('regional_manager')).toEqual([
      { step: 'self-review' },
      { step: 'manager-review', reviewer: PLANNER },
      { step: 'second-review', level: 1, role: 'second-reviewer' },
      { step: 'second-review', level: 2, role: 'hr' },
    ]));

  it('field service: departments beside the manager; one without a known head is the manager’s', () =>
    expect(tasksOf('field_service', { departments: ['服务部', '配件部'], groups: [] })).toEqual([
      { step: 'self-review' },
      { step: 'manager-review', reviewer: MANAGER },
      { step: 'manager-review', department: '服务部', reviewer: SERVICE },
      { step: 'manager-review', department: '配件部', reviewer: MANAGER },
      { step: 'second-review', level: 1, role: 'second-reviewer' },
      { step: 'second-review', level: 2, role: 'hr' },
    ]));

  it('knows which heads it needs', () =>
    expect(headsNamed(scheme.document)).toEqual({ departments: ['服务部', '配件部', '培训部'], own: false }));
});

it('splits the manager’s step by the parts of a transfer', () => {
  const parts = [
    { part: 1, manager: ABOVE },
    { part: 2, manager: MANAGER },
  ];
  expect(stepsFor(CHAIN.slice(1, 2), REP, { manager: MANAGER, managerOfManager: null, parts })).toEqual([
    { step: 'manager-review', part: 1, reviewer: ABOVE, late: 'hold' },
    { step: 'manager-review', part: 2, reviewer: MANAGER, late: 'hold' },
  ]);
});

it('the head of a unit is the one whose manager stands outside; of several the one with most reports inside', () => {
  const of = (subject: SubjectId, manager: SubjectId | null) => ({ subject, manager });
  expect(headOf([of(REP, MANAGER), of(MANAGER, ABOVE)])).toBe(MANAGER);
  expect(headOf([of(REP, MANAGER), of(MANAGER, ABOVE), of(OTHER, ABOVE)])).toBe(MANAGER);
  expect(headOf([of(REP, ABOVE), of(OTHER, ABOVE)])).toBeUndefined();
  expect(headOf([])).toBeUndefined();
});
