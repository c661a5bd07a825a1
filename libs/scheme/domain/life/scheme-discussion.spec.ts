import { type ActorId, plainDay, subjectId } from '#kernel';
import { given, SPEC_NOW, testText } from '#libs/testing';
import { templateText } from '../../application/templates';
import type { SchemeCommand, SchemeEvent } from '../../contracts/commands';
import { type InvitedCommenter, SCHEME_LIFE_LIMITS } from '../../contracts/life-events';
import { sidesOf } from './scheme-discussion.policy';
import { schemeDecider, yamlHashOf } from './scheme.decider';

const HR = subjectId('00000000-0000-7000-8000-000000000001');
const SALES = subjectId('00000000-0000-7000-8000-000000000002');
const FINANCE = subjectId('00000000-0000-7000-8000-000000000003');
const REP = subjectId('00000000-0000-7000-8000-000000000004');
const STRANGER = subjectId('00000000-0000-7000-8000-000000000005');
const GENERAL_MANAGER = subjectId('00000000-0000-7000-8000-000000000006');
const ID = 'twelve-item-sheet';
const YAML = templateText(ID);
const place = { schemeId: ID, version: 1 };
const comment1 = '00000000-0000-8000-8000-0000000000c1';
const comment2 = '00000000-0000-8000-8000-0000000000c2';

const EVERYBODY: readonly InvitedCommenter[] = [
  { subject: HR, sides: ['hr'] },
  { subject: SALES, sides: ['sales'] },
  { subject: FINANCE, sides: ['finance'] },
  { subject: REP, sides: ['rep'] },
];

const drafted: SchemeEvent = {
  type: 'SchemeDrafted',
  data: { ...place, yaml: YAML, yamlHash: yamlHashOf(YAML), draftedBy: HR, draftedAt: SPEC_NOW },
};
const opened = (invited = EVERYBODY): SchemeEvent => ({
  type: 'SchemeDiscussionOpened',
  data: { ...place, invited: invited.map(({ subject, sides }) => ({ subject, sides: [...sides] })), openedBy: HR, openedAt: SPEC_NOW },
});
const commented = (commentId: string, by = REP, words = '门槛太高'): SchemeEvent => ({
  type: 'SchemeCommented',
  data: { ...place, commentId, by, text: testText(by, words), commentedAt: SPEC_NOW },
});
const edited = (commentId: string, words: string): SchemeEvent => ({
  type: 'SchemeCommentEdited',
  data: { ...place, commentId, text: testText(REP, words), editedAt: SPEC_NOW },
});
const withdrawn = (commentId: string): SchemeEvent => ({
  type: 'SchemeCommentWithdrawn',
  data: { ...place, commentId, withdrawnAt: SPEC_NOW },
});
const closed = (comments: number, silent: ('hr' | 'sales' | 'finance' | 'rep')[]): SchemeEvent => ({
  type: 'SchemeDiscussionClosed',
  data: { ...place, summary: testText(HR, '调整后执行'), comments, silent, closedBy: HR, closedAt: SPEC_NOW },
});
const approved: SchemeEvent = { type: 'SchemeApproved', data: { ...place, approvedBy: GENERAL_MANAGER, approvedAt: SPEC_NOW } };

const open = (invited = EVERYBODY): SchemeCommand => ({ type: 'OpenSchemeDiscussion', data: { ...place, invited } });
const say = (commentId: string, by = REP, words = '门槛太高'): SchemeCommand => ({
  type: 'CommentOnScheme',
  data: { ...place, commentId, text: testText(by, words) },
});
const edit = (commentId: string, words: string): SchemeCommand => ({
  type: 'EditSchemeComment',
  data: { ...place, commentId, text: testText(REP, words) },
});
const withdraw = (commentId: string): SchemeCommand => ({ type: 'WithdrawSchemeComment', data: { ...place, commentId } });
const close: SchemeCommand = { type: 'CloseSchemeDiscussion', data: { ...place, summary: testText(HR, '调整后执行') } };
const approve: SchemeCommand = { type: 'ApproveScheme', data: place };
const putInForce: SchemeCommand = { type: 'PutSchemeInForce', data: place };

const scheme = (...past: readonly SchemeEvent[]) => given(schemeDecider, [drafted, ...past]);

describe('the discussion of a scheme', () => {
  it('knows what a comment is about by the names of the document, so that nobody’s words are kept unsealed', () => {
    const about = (said: string): SchemeCommand => ({
      type: 'CommentOnScheme',
      data: { ...place, commentId: comment1, about: said, text: testText(REP, '门槛太高') },
    });
    for (const known of ['sections', 'indicators.completion', 'sections[0].indicators[1].points'])
      scheme(opened())
        .as(REP)
        .when(about(known))
        .thenState((state) => expect(state.versions.get(1)?.discussion?.comments.size).toBe(1));
    for (const words of ['张三的门槛', 'sections.what the boss wants'])
      scheme(opened()).as(REP).when(about(words)).thenRejects('scheme.no-such-place');
  });

  it('hears HR, sales, finance and reps', () => {
    scheme().as(HR).when(open()).then([opened()]);
    scheme()
      .as(HR)
      .when(open(EVERYBODY.slice(0, 2)))
      .thenRejects('scheme.missing-sides', { missing: ['finance', 'rep'] });
    expect(sidesOf(['manager', 'rep'])).toEqual(['sales', 'rep']);
    expect(sidesOf(['coach'])).toEqual([]);
  });

  it('is opened wider, not again', () => {
    scheme(opened()).as(HR).when(open()).thenNothing();
    const wider = [{ subject: STRANGER, sides: ['rep' as const] }];
    scheme(opened())
      .as(HR)
      .when(open(wider))
      .then([opened([...EVERYBODY, ...wider])]);
  });

  it('takes comments of those invited, and of nobody else', () => {
    scheme(opened())
      .as(REP)
      .when(say(comment1))
      .then([commented(comment1)]);
    scheme(opened()).as(STRANGER).when(say(comment1, STRANGER)).thenRejects('scheme.not-invited');
    scheme().as(REP).when(say(comment1)).thenRejects('scheme.not-in-discussion', { status: 'draft' });
  });

  it('lets each edit and withdraw their own', () => {
    const past = [opened(), commented(comment1)];
    scheme(...past)
      .as(REP)
      .when(edit(comment1, '门槛降到 75'))
      .then([edited(comment1, '门槛降到 75')]);
    scheme(...past)
      .as(REP)
      .when(edit(comment1, '门槛太高'))
      .thenNothing();
    scheme(...past)
      .as(SALES)
      .when(edit(comment1, '不'))
      .thenRejects('scheme.not-the-commenter');
    scheme(...past)
      .as(REP)
      .when(withdraw(comment1))
      .then([withdrawn(comment1)]);
    scheme(...past, withdrawn(comment1))
      .as(REP)
      .when(withdraw(comment1))
      .thenNothing();
    scheme(...past)
      .as(REP)
      .when(withdraw(comment2))
      .thenRejects('scheme.comment-not-found');
  });

  it('is closed with a summary that says who was silent', () => {
    scheme(opened(), commented(comment1), commented(comment2, SALES))
      .as(HR)
      .when(close)
      .then([closed(2, ['hr', 'finance'])]);
    scheme(opened(), commented(comment1), closed(1, ['hr', 'sales', 'finance']))
      .as(HR)
      .when(close)
      .thenNothing();
  });

  it('in which nobody but the drafter spoke was none', () => {
    scheme(opened()).as(HR).when(close).thenRejects('scheme.nobody-commented');
    scheme(opened(), commented(comment1, HR)).as(HR).when(close).thenRejects('scheme.nobody-commented');
    scheme(opened(), commented(comment1), withdrawn(comment1)).as(HR).when(close).thenRejects('scheme.nobody-commented');
  });

  it('has limits', () => {
    const many = Array.from({ length: SCHEME_LIFE_LIMITS.comments }, (_, number) => commented(`comment-${number}`));
    scheme(opened(), ...many)
      .as(REP)
      .when(say(comment1))
      .thenRejects('scheme.too-many-comments');
    const crowd = Array.from({ length: SCHEME_LIFE_LIMITS.invited }, (_, number) => ({
      subject: subjectId(`00000000-0000-7000-8000-${String(number + 100).padStart(12, '0')}`),
      sides: ['rep' as const],
    }));
    scheme()
      .as(HR)
      .when(open([...EVERYBODY, ...crowd]))
      .thenRejects('scheme.too-many-invited');
  });

  it('can be taken up again until the version is approved, and not after', () => {
    const past = [opened(), commented(comment1), closed(1, ['hr', 'sales', 'finance'])];
    scheme(...past)
      .as(HR)
      .when(open())
      .then([opened()]);
    scheme(...past, opened())
      .as(GENERAL_MANAGER)
      .when(approve)
      .thenRejects('scheme.not-discussed', { status: 'in-discussion' });
    scheme(...past, approved)
      .as(HR)
      .when(open())
      .thenRejects('scheme.not-open-to-discussion', { status: 'approved' });
  });
});

describe('the approval of a scheme', () => {
  const discussed = [opened(), commented(comment1), closed(1, ['hr', 'sales', 'finance'])];
  const as = (actor: ActorId, ...past: readonly SchemeEvent[]) => scheme(...discussed, ...past).as(actor);

  it('is the general manager’s, never the drafter’s, and only of what was discussed', () => {
    as(GENERAL_MANAGER).when(approve).then([approved]);
    as(HR).when(approve).thenRejects('scheme.own-draft');
    scheme().as(GENERAL_MANAGER).when(approve).thenRejects('scheme.not-discussed', { status: 'draft' });
    scheme().as(GENERAL_MANAGER).when(putInForce).thenRejects('scheme.not-discussed', { status: 'draft' });
    as(GENERAL_MANAGER, approved).when(approve).thenNothing();
  });

  it('comes with putting it in force where it was not given before, and names who gave it', () => {
    const inForce: SchemeEvent = {
      type: 'SchemePutInForce',
      data: {
        ...place,
        yamlHash: yamlHashOf(YAML),
        approvedBy: GENERAL_MANAGER,
        inForceAt: SPEC_NOW,
        reviewOn: plainDay('2027-11-02'),
      },
    };
    as(GENERAL_MANAGER).when(putInForce).then([approved, inForce]);
    as(STRANGER, approved).when(putInForce).then([inForce]);
  });

  it('holds for its text alone: the next one is discussed anew', () => {
    const second: SchemeEvent = {
      type: 'SchemeDrafted',
      data: { ...place, version: 2, yaml: `${YAML}\n# 二`, yamlHash: yamlHashOf(`${YAML}\n# 二`), draftedBy: HR, draftedAt: SPEC_NOW },
    };
    as(GENERAL_MANAGER, second)
      .when({ type: 'ApproveScheme', data: { ...place, version: 2 } })
      .thenRejects('scheme.not-discussed', { status: 'draft' });
  });
});
