import { type ActorId, actorId, type Instant, instant, type PlainDay, plainDay, subjectId } from '#kernel';
import { given, SPEC_ACTOR, SPEC_NOW, testText } from '#libs/testing';
import { templateText } from '../../application/templates';
import type { SchemeCommand, SchemeEvent } from '../../contracts/commands';
import { schemeDecider, yamlHashOf } from './scheme.decider';

const HR = SPEC_ACTOR;
const GENERAL_MANAGER: ActorId = actorId('00000000-0000-7000-8000-0000000000bb');
const REP = subjectId('00000000-0000-7000-8000-0000000000cc');
const ID = 'twelve-item-sheet';
const YAML = templateText(ID);
const NEXT_YAML = YAML.replace('reviewAfterMonths: 12', 'reviewAfterMonths: 6');
const BROKEN_YAML = YAML.replace('points: param.calls_points', 'points: param.no_such');

const drafted = (version: number, yaml = YAML): SchemeEvent => ({
  type: 'SchemeDrafted',
  data: { schemeId: ID, version, yaml, yamlHash: yamlHashOf(yaml), draftedBy: HR, draftedAt: SPEC_NOW },
});
/** Heard and closed: what approval needs. */
const discussed = (version: number): readonly SchemeEvent[] => [
  {
    type: 'SchemeDiscussionOpened',
    data: {
      schemeId: ID,
      version,
      invited: [{ subject: REP, sides: ['hr', 'sales', 'finance', 'rep'] }],
      openedBy: HR,
      openedAt: SPEC_NOW,
    },
  },
  {
    type: 'SchemeDiscussionClosed',
    data: { schemeId: ID, version, summary: testText(REP, '同意'), comments: 1, silent: [], closedBy: HR, closedAt: SPEC_NOW },
  },
];
const approved = (version: number, approvedAt: Instant = SPEC_NOW): SchemeEvent => ({
  type: 'SchemeApproved',
  data: { schemeId: ID, version, approvedBy: GENERAL_MANAGER, approvedAt },
});
interface InForce {
  readonly supersedes?: number;
  readonly yaml?: string;
  readonly at?: Instant;
  readonly reviewOn?: string;
}
const inForce = (version: number, { supersedes, yaml = YAML, at = SPEC_NOW, reviewOn = '2027-11-02' }: InForce = {}): SchemeEvent => ({
  type: 'SchemePutInForce',
  data: {
    schemeId: ID,
    version,
    yamlHash: yamlHashOf(yaml),
    ...(supersedes !== undefined && { supersedes }),
    approvedBy: GENERAL_MANAGER,
    inForceAt: at,
    reviewOn: plainDay(reviewOn),
  },
});
const retired = (version: number): SchemeEvent => ({
  type: 'SchemeRetired',
  data: { schemeId: ID, version, retiredBy: GENERAL_MANAGER, retiredAt: SPEC_NOW },
});

const draft = (yaml = YAML, schemeId: string = ID): SchemeCommand => ({ type: 'DraftScheme', data: { schemeId, yaml } });
const putInForce = (version: number): SchemeCommand => ({ type: 'PutSchemeInForce', data: { schemeId: ID, version } });
const retire = (version: number): SchemeCommand => ({ type: 'RetireScheme', data: { schemeId: ID, version } });

describe('a scheme', () => {
  it('is drafted as its next version', () => {
    given(schemeDecider)
      .when(draft())
      .then([drafted(1)]);
    given(schemeDecider, [drafted(1), inForce(1)])
      .when(draft(NEXT_YAML))
      .then([drafted(2, NEXT_YAML)]);
  });

  it('drafted twice with the same text is said already', () => {
    given(schemeDecider, [drafted(1)])
      .when(draft())
      .thenNothing();
  });

  it('must be readable and be the scheme it says', () => {
    given(schemeDecider).when(draft('a: [')).thenRejects('scheme.not-readable', { count: 1 });
    given(schemeDecider).when(draft(YAML, 'other')).thenRejects('scheme.other-id', { inText: ID });
    given(schemeDecider)
      .when(draft(`${YAML}\n# ${'考'.repeat(80_000)}`))
      .thenRejects('scheme.too-long');
  });

  it('is put in force by another person, with a review date', () => {
    given(schemeDecider, [drafted(1), ...discussed(1)])
      .as(GENERAL_MANAGER)
      .when(putInForce(1))
      .then([approved(1), inForce(1)]);
    given(schemeDecider, [drafted(1), ...discussed(1)])
      .as(HR)
      .when(putInForce(1))
      .thenRejects('scheme.own-draft');
    const spring = instant('2027-02-28T16:30:00.000Z');
    given(schemeDecider, [drafted(1), ...discussed(1)])
      .as(GENERAL_MANAGER)
      .at(spring)
      .when(putInForce(1))
      .then([approved(1, spring), inForce(1, { at: spring, reviewOn: '2028-03-01' })]);
  });

  it('supersedes the version in force', () => {
    given(schemeDecider, [drafted(1), inForce(1), drafted(2, NEXT_YAML), ...discussed(2)])
      .as(GENERAL_MANAGER)
      .when(putInForce(2))
      .then([approved(2), inForce(2, { supersedes: 1, yaml: NEXT_YAML, reviewOn: '2027-05-02' })]);
    given(schemeDecider, [drafted(1), inForce(1), drafted(2, NEXT_YAML), inForce(2, { supersedes: 1, yaml: NEXT_YAML })])
      .as(GENERAL_MANAGER)
      .when(putInForce(1))
      .thenRejects('scheme.not-a-draft', { status: 'superseded' });
  });

  it('is checked whole before it is put in force', () => {
    given(schemeDecider, [drafted(1, BROKEN_YAML), ...discussed(1)])
      .as(GENERAL_MANAGER)
      .when(putInForce(1))
      .thenRejects('scheme.not-valid');
  });

  it('said again is quiet', () => {
    given(schemeDecider, [drafted(1), inForce(1)])
      .as(GENERAL_MANAGER)
      .when(putInForce(1))
      .thenNothing();
    given(schemeDecider, [drafted(1), inForce(1), retired(1)])
      .as(GENERAL_MANAGER)
      .when(retire(1))
      .thenNothing();
  });

  it('knows its versions', () => {
    given(schemeDecider, [drafted(1)])
      .as(GENERAL_MANAGER)
      .when(putInForce(2))
      .thenRejects('scheme.unknown-version', { version: 2 });
    given(schemeDecider).when(retire(1)).thenRejects('scheme.unknown-version');
  });

  it('retired is not put in force again', () => {
    given(schemeDecider, [drafted(1), inForce(1)])
      .as(GENERAL_MANAGER)
      .when(retire(1))
      .then([retired(1)]);
    given(schemeDecider, [drafted(1), retired(1)])
      .as(GENERAL_MANAGER)
      .when(putInForce(1))
      .thenRejects('scheme.not-a-draft', { status: 'retired' });
  });

  it('is reviewed when its date comes: kept, changed or retired, each with a reason', () => {
    const reason = testText(REP, '得分分布合理');
    const review = (conclusion: 'keep' | 'change' | 'retire', nextReviewOn?: PlainDay): SchemeCommand => ({
      type: 'ReviewScheme',
      data: { schemeId: ID, version: 1, conclusion, nextReviewOn, reason },
    });
    const reviewed = (conclusion: 'keep' | 'change' | 'retire', nextReviewOn?: PlainDay): SchemeEvent => ({
      type: 'SchemeReviewed',
      data: {
        schemeId: ID,
        version: 1,
        conclusion,
        ...(nextReviewOn !== undefined && { nextReviewOn }),
        reason,
        reviewedBy: GENERAL_MANAGER,
        reviewedAt: SPEC_NOW,
      },
    });
    const now = given(schemeDecider, [drafted(1), inForce(1)]).as(GENERAL_MANAGER);
    now.when(review('keep')).then([reviewed('keep', plainDay('2027-11-02'))]);
    now.when(review('keep', plainDay('2027-03-01'))).then([reviewed('keep', plainDay('2027-03-01'))]);
    now.when(review('change')).then([reviewed('change', plainDay('2027-02-02'))]);
    now.when(review('retire')).then([reviewed('retire'), retired(1)]);
    now.when(review('keep', plainDay('2026-11-02'))).thenRejects('scheme.invalid-review-date');
    given(schemeDecider, [drafted(1)])
      .when(review('keep'))
      .thenRejects('scheme.not-in-force', { status: 'draft' });
  });
});
