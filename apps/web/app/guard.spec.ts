import { lackedAt, namesSomething } from './guard';

const ID = '5e0741e6-e541-801a-bbbd-a129bd497fe7';

describe('whom a page is shown to', () => {
  it.each([
    ['/cycles', ['rep'], false],
    [`/cycles/${ID}`, ['rep'], false],
    [`/cycles/${ID}`, ['manager'], true],
    ['/cycles/new', ['general-manager'], false],
    ['/cycles/new', ['hr'], true],
    ['/people', ['manager'], false],
    ['/people/', ['manager'], false],
    [`/people/${ID}`, ['rep'], true],
    ['/payouts', ['rep', 'coach'], false],
    ['/payouts', ['rep', 'finance'], true],
    ['/coaching', ['rep'], false],
    [`/coaching/${ID}`, ['rep'], true],
    // Whom a scheme names to score or to review, by role or by person, is not in any table.
    [`/team/score/${ID}`, ['second-reviewer'], true],
    [`/team/review/${ID}`, ['hr'], true],
    ['/team', ['rep'], false],
    [`/team/tasks/${ID}.${ID}`, ['rep'], true],
    [`/appeals/${ID}`, ['rep'], true],
    ['/schemes', ['rep'], true],
    ['/calendar', ['rep'], true],
    ['/', [], true],
    ['/me/appraisals', [], true],
  ] as const)('%s to %j: %s', (path, roles, isShown) => {
    expect(lackedAt(path, roles) === undefined).toBe(isShown);
  });

  it('says to whom instead', () => {
    expect(lackedAt('/audit', ['rep'])).toEqual(['auditor']);
  });
});

describe('an address', () => {
  it.each([
    [{ appealId: 'nope' }, false],
    [{ appealId: ID }, true],
    [{ appraisalId: ID }, false],
    [{ appraisalId: `${ID}.${ID}` }, true],
    [{ period: '2026-13' }, false],
    [{ period: '2026-Q3' }, true],
    [{ schemeId: 'anything' }, true],
    [{}, true],
  ])('%j can name something: %s', (params, can) => {
    expect(namesSomething(params)).toBe(can);
  });
});
