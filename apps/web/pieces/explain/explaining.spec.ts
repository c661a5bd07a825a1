import { explainingOf } from './explaining';

const CYCLE = '5e0741e6-e541-801a-bbbd-a129bd497fe7';
const FORM = `${CYCLE}.01a226b0-180f-7dbd-9cd6-368bfba5b54f`;

describe('the address of an explanation', () => {
  it.each([
    [`score~${FORM}`, { kind: 'score', address: { appraisalId: FORM, key: undefined, which: 'current' } }],
    [`score~${FORM}~grade`, { kind: 'score', address: { appraisalId: FORM, key: 'grade', which: 'current' } }],
    [`published~${FORM}`, { kind: 'score', address: { appraisalId: FORM, key: undefined, which: 'published' } }],
    [`completion~${FORM}`, { kind: 'completion', appraisalId: FORM }],
    [`deadline~${CYCLE}~self-review`, { kind: 'deadline', cycleId: CYCLE, phase: 'self-review' }],
    [`plan~${CYCLE}`, { kind: 'plan', planId: CYCLE }],
  ])('%s', (address, asked) => {
    expect(explainingOf(address)).toEqual(asked);
  });

  it.each([
    [`place~${CYCLE}~score~company`, { cycleId: CYCLE, measure: 'score', scope: 'company' }],
    [`place~${CYCLE}~completion~team~华南~二组`, { cycleId: CYCLE, measure: 'completion', scope: 'team', unit: '华南~二组' }],
  ] as const)('%s names a place', (address, place) => {
    expect(explainingOf(address)).toEqual({ kind: 'place', address: place });
  });

  it.each(['', 'score', 'score~nope', `score~${CYCLE}`, 'deadline~nope~payout', `deadline~${CYCLE}`, `place~${CYCLE}~pay~company`])(
    'that can name nothing asks for nothing: "%s"',
    (address) => {
      expect(explainingOf(address)).toBeUndefined();
    },
  );

  it('a place in a team says in which', () => {
    expect(explainingOf(`place~${CYCLE}~score~team`)).toBeUndefined();
  });
});
