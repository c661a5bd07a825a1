import { type Draft, ratingOf, type Sheet } from './sheets';

const APPRAISAL = { appraisalId: 'a', subject: 's' };

/** As much of a sheet as a rating rests on. */
function sheet(waits: Sheet['waits'], given?: string): Sheet {
  const task = { place: 0, step: 'manager-review', level: null, part: null, department: null, late: false };
  const version = { by: 'm', ratings: { diligence: given }, notes: [], comment: null };
  const submissions =
    given === undefined ? [] : [{ step: 'manager-review', level: null, part: null, department: null, versions: [version] }];
  const state = waits === 'done' ? 'submitted' : 'open';
  return JSON.parse(JSON.stringify({ appraisal: APPRAISAL, task: { ...task, state }, waits, submissions })) as Sheet;
}
const draft: Draft = { ratings: { diligence: '80' }, comment: '', version: 1 };

describe('what a rater sees of their ratings among each other', () => {
  it('is what was submitted, whatever a draft of before says', () => {
    expect(ratingOf(sheet('done', '99'), draft, 'diligence')).toEqual({ given: '99', sent: true });
    expect(ratingOf(sheet('done', '99'), undefined, 'diligence')).toEqual({ given: '99', sent: true });
  });

  it('is the draft until then; what came back counts no more, and shows while nothing else is written', () => {
    expect(ratingOf(sheet(null), draft, 'diligence')).toEqual({ given: '80', sent: false });
    expect(ratingOf(sheet(null, '99'), draft, 'diligence')).toEqual({ given: '80', sent: false });
    expect(ratingOf(sheet(null, '99'), undefined, 'diligence')).toEqual({ given: '99', sent: false });
    expect(ratingOf(sheet(null), undefined, 'diligence')).toEqual({ given: undefined, sent: false });
  });
});
