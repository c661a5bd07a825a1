import type { RatingLine } from '../inputs/needs.policy';
import { carriedRatings } from './rehearsal-ratings.policy';

function line(key: string, changes: Partial<RatingLine> = {}): RatingLine {
  return {
    key,
    title: { 'zh-CN': key, en: key },
    help: null,
    type: 'points',
    counts: true,
    from: '0',
    to: '20',
    whole: false,
    options: [],
    optionTitles: {},
    department: null,
    approvals: null,
    group: null,
    ...changes,
  };
}

describe('ratings carried into a draft', () => {
  const nothing = { carry: {}, defaults: {} };

  it('are those of the same name, or of the name that is stated', () => {
    const lines = [line('skill'), line('attitude')];
    expect(carriedRatings({ skill: '12', diligence: '8' }, lines, { carry: { attitude: 'diligence' }, defaults: {} })).toEqual({
      ratings: { skill: '12', attitude: '8' },
      defaulted: [],
    });
  });

  it('stay absent where nobody was asked: the evaluator names it', () => {
    expect(carriedRatings({ other: '1' }, [line('skill')], nothing)).toEqual({ ratings: {}, defaulted: [] });
  });

  it('have the stated value, or the stated share of the range, and say so', () => {
    const lines = [line('skill', { from: '5' }), line('calls', { whole: true, to: '7' }), line('word', { type: 'word' }), line('fixed')];
    expect(carriedRatings({}, lines, { carry: {}, defaults: { fixed: '3' }, defaultShare: '80' })).toEqual({
      ratings: { skill: '17.00', calls: '6', fixed: '3' },
      defaulted: ['skill', 'calls', 'fixed'],
    });
  });

  it('are never made up for a group of raters', () => {
    expect(carriedRatings({}, [line('peers.skill', { group: 'peers' })], { ...nothing, defaultShare: '80' }).ratings).toEqual({});
  });

  it('that were given win over what is stated', () => {
    expect(carriedRatings({ skill: '1' }, [line('skill')], { ...nothing, defaults: { skill: '9' }, defaultShare: '50' })).toEqual({
      ratings: { skill: '1' },
      defaulted: [],
    });
  });
});
