import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROLES, type Role } from '#libs/organisation/contracts';
import { authorise, isAllowed, type Operation, OPERATIONS, type Relation, RELATIONS } from './permissions.policy';

/** One line per operation: who may, in which relation. The committed file is what people review. */
function matrix(): string {
  const rows = OPERATIONS.map((operation) => {
    const cells = [...ROLES, undefined].map((role) => {
      const allowed = RELATIONS.filter((relation) => isAllowed(role ? [role] : [], operation, relation));
      return allowed.length === RELATIONS.length ? 'any' : allowed.join(' ') || '–';
    });
    return `| ${operation} | ${cells.join(' | ')} |`;
  });
  return [`| operation | ${[...ROLES, 'no role'].join(' | ')} |`, `|---|${'---|'.repeat(ROLES.length + 1)}`, ...rows, ''].join('\n');
}

const SCORE_READS: readonly Operation[] = ['appraisal.read', 'appraisal.list', 'statement.read', 'payout.read'];
const notOwn: readonly Relation[] = ['team', 'other', 'none'];

describe('who may do what', () => {
  it('is the matrix that was reviewed (docs/permissions.md)', () => {
    const reviewed = readFileSync(join(__dirname, '../../../docs/permissions.md'), 'utf8');
    expect(reviewed.slice(reviewed.indexOf('| operation |'))).toBe(matrix());
  });

  it.each(SCORE_READS)('a rep can not see another person through %s', (operation) => {
    for (const relation of notOwn) expect(isAllowed(['rep'], operation, relation)).toBe(false);
  });

  it('a manager does not see pay, not even of the team', () => {
    for (const relation of notOwn) {
      expect(isAllowed(['manager'], 'statement.read', relation)).toBe(false);
      expect(isAllowed(['manager'], 'payout.read', relation)).toBe(false);
    }
  });

  it('an administrator reads no scores and no pay by virtue of being one', () => {
    for (const operation of SCORE_READS) for (const relation of notOwn) expect(isAllowed(['admin'], operation, relation)).toBe(false);
  });

  it('HR neither puts a scheme in force nor approves a payout; finance and the general manager change no score', () => {
    const none = (role: Role, operation: Operation) => RELATIONS.every((relation) => !isAllowed([role], operation, relation));
    expect(none('hr', 'scheme.put-in-force')).toBe(true);
    expect(none('hr', 'scheme.approve')).toBe(true);
    expect(none('hr', 'payout.approve')).toBe(true);
    expect(none('finance', 'payout.approve')).toBe(true);
    for (const role of ['finance', 'general-manager'] as const)
      for (const relation of notOwn) expect(isAllowed([role], 'appraisal.score', relation)).toBe(false);
  });

  it('a scheme is commented on by those named for it and by nobody else, and acknowledged by each for oneself', () => {
    for (const role of ROLES)
      for (const relation of RELATIONS) {
        expect(isAllowed([role], 'scheme.comment', relation)).toBe(relation === 'assigned');
        expect(isAllowed([role], 'scheme.acknowledge', relation)).toBe(relation === 'own');
      }
  });

  it('an auditor changes nothing', () => {
    const reading = /\.(read|list|use)$/;
    const auditor = OPERATIONS.filter((operation) =>
      (['team', 'other', 'none'] as const).some((relation) => isAllowed(['auditor'], operation, relation)),
    );
    expect(auditor.filter((operation) => !reading.test(operation))).toEqual([]);
  });

  it('a refusal names the operation and nothing of the person', () => {
    expect(() => authorise(['rep'], 'statement.read', 'other')).toThrow(
      expect.objectContaining({ code: 'identity.not-allowed', details: { operation: 'statement.read' } }),
    );
  });
});
