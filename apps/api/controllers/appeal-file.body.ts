import { instant, isSubjectId, type PersonalText, type SubjectId } from '#kernel';
import type { AppealCase, possibleActs } from '#libs/appeal';
import type { AppealMoment, PanelDraw } from '#libs/appeal/contracts';
import type { ContestableLine } from '#libs/appraisal';
import type { AppraisalView } from '#libs/appraisal/contracts';
import type { CycleView } from '#libs/cycle/contracts';
import type { CompiledScheme, Language } from '#libs/scheme';
import { explainInWords } from '#libs/scheme';
import { type AppealFileBody, formBody, type PersonBody, valueBody } from './appeal-file.shapes';
import type { ReadResult } from './contestable.query';

/** All that a case is told from. */
export interface CaseParts {
  readonly found: AppealCase;
  readonly view: AppraisalView;
  readonly cycle: CycleView | undefined;
  readonly scheme: CompiledScheme | undefined;
  readonly published: ReadResult | undefined;
  readonly current: ReadResult | undefined;
  readonly acts: ReturnType<typeof possibleActs>;
}

/** What of it the viewer may see. */
export interface CaseSight {
  readonly viewer: SubjectId;
  readonly excluded: boolean;
  readonly pay: boolean;
  readonly explains: boolean;
  readonly language: Language;
}

export interface CaseWords {
  readonly names: ReadonlyMap<SubjectId, string>;
  readonly read: (text: PersonalText) => string | null;
}

/** Everybody whom the file names. */
export function peopleOf({ row, file, votes }: AppealCase): readonly SubjectId[] {
  return [
    row.subject,
    ...row.panel.map(({ subject }) => subject),
    ...votes.map(({ member }) => member),
    ...file.moments.flatMap(({ by, people }) => [...(isSubjectId(by) ? [by] : []), ...people]),
    ...file.draws.flatMap(({ drawn, excluded }) => [...drawn, ...excluded].map(({ subject }) => subject)),
    ...[row.factOwner, file.contact].flatMap((one) => (one === null ? [] : [one])),
  ];
}

/** Until the decision the appellant sees no vote, and a member none but their own: each votes by themselves. */
function seesVotes({ row }: AppealCase, { viewer }: CaseSight): boolean {
  return row.verdict !== null || !(row.subject === viewer || row.panel.some(({ subject }) => subject === viewer));
}

export function caseBody(parts: CaseParts, sight: CaseSight, words: CaseWords): AppealFileBody {
  const { found, view, cycle, acts } = parts;
  const { row, state, file } = found;
  const person = (subject: SubjectId): PersonBody => ({ subject, name: words.names.get(subject) ?? null });
  const isStopped = row.stage === 'panel-not-seatable' || row.stage === 'more-asked';
  return {
    appealId: row.appealId,
    version: row.version,
    cycleId: row.cycleId,
    cycleName: cycle?.name ?? null,
    period: cycle?.period ?? null,
    appraisalId: row.appraisalId,
    appellant: { ...person(row.subject), department: view.unit.department, team: view.unit.team, region: view.unit.region },
    stage: row.stage,
    grounds: [...row.grounds],
    step: state.step ?? null,
    late: row.late,
    holds: row.holds,
    escalated: state.escalated,
    heard: state.heard,
    overdue: row.overdue,
    filedAt: row.filedAt,
    due: row.due,
    decideBy: row.stage === 'panel-not-seatable' ? null : row.decideBy,
    stopped: isStopped ? (state.remaining?.workingDays ?? null) : null,
    panelSize: state.terms.panelSize,
    contact: file.contact === null ? null : person(file.contact),
    factOwner: row.factOwner === null ? null : person(row.factOwner),
    lines: linesBody(parts, sight),
    evidence: row.evidence.map((one) => ({ ...one, name: words.read(one.name) })),
    moments: momentsBody(found, sight, { person, read: words.read }),
    // While nobody could be found in their place, who left is no member any more.
    panel: row.panel
      .filter(({ subject }) => !state.former.includes(subject))
      .map(({ subject, department }) => ({
        ...person(subject),
        department,
        chair: subject === row.chair,
        voted: seesVotes(found, sight) || subject === sight.viewer ? row.votes.some(({ member }) => member === subject) : null,
      })),
    votes: votesBody(found, sight, { person, read: words.read }),
    draws: file.draws.map((draw) => drawBody(draw, sight, person)),
    offer: file.offer && { amendments: [...file.offer.amendments], score: file.offer.score },
    decision: decisionBody(found),
    closing: file.closing && { schemeAtFault: file.closing.schemeAtFault, closedAt: instant(file.closing.closedAt) },
    published: outcomeBody(parts.published, sight),
    amended: view.amended && parts.current ? outcomeBody(parts.current, sight) : null,
    explains: sight.explains,
    acts: acts.map((one) => ({ ...one })),
  };
}

function linesBody({ found, scheme, published, current, view }: CaseParts, { language }: CaseSight): AppealFileBody['lines'] {
  const { row, file } = found;
  const amendedTo = (line: string, key: string): { readonly value: string | readonly string[] } | undefined =>
    file.decision?.amendments.find((one) => one.line === line && one.key === key);
  const tree = published?.explained.explanation;
  const sentences = tree && scheme ? explainInWords(tree, scheme, language) : [];
  return row.lines.map(({ line, kind, key, rightValue }) => {
    const of = (lines: readonly ContestableLine[] = []): ContestableLine | undefined =>
      lines.find((one) => one.kind === kind && one.key === key);
    const was = of(published?.lines);
    const corrected = row.corrections.find((one) => one.line === line && one.key === key)?.value;
    const decided = amendedTo(line, key)?.value;
    const from = sentences.findIndex((one) => one.key === was?.of.key);
    const depth = sentences[from]?.depth ?? 0;
    const after = sentences.slice(from + 1).findIndex((one) => one.depth <= depth);
    const under = from < 0 ? [] : sentences.slice(from, after < 0 ? undefined : from + 1 + after);
    return {
      line,
      kind,
      key,
      title: was?.title ?? null,
      form: was ? formBody(was.form) : null,
      of: was ? { ...was.of } : null,
      amendedTo: view.amended ? (of(current?.lines)?.of.value ?? null) : null,
      published: was?.value === undefined || was.value === null ? null : valueBody(was.value),
      right: valueBody(rightValue),
      corrected: corrected === undefined ? null : valueBody(corrected),
      decided: decided === undefined ? null : valueBody(decided),
      sentences: under.map(({ sentence }) => sentence),
    };
  });
}

interface Reading {
  readonly person: (subject: SubjectId) => PersonBody;
  readonly read: CaseWords['read'];
}

function momentsBody(found: AppealCase, sight: CaseSight, { person, read }: Reading): AppealFileBody['moments'] {
  const visible = (moment: AppealMoment): boolean => moment.what !== 'VoteCast' || moment.by === sight.viewer || seesVotes(found, sight);
  return found.file.moments.filter(visible).map((moment) => {
    const { what, at, by, how, people } = moment;
    // An event has one text at most, and nobody does the same thing twice at one instant.
    const text = found.row.texts.find((one) => one.what === what && one.by === by && one.at === at)?.text;
    return {
      what,
      at: instant(at),
      by: isSubjectId(by) ? person(by) : null,
      how,
      people: people.map(person),
      text: text ? read(text) : null,
    };
  });
}

function votesBody(found: AppealCase, sight: CaseSight, { person, read }: Reading): AppealFileBody['votes'] {
  return found.votes
    .filter(({ member }) => member === sight.viewer || seesVotes(found, sight))
    .map(({ member, verdict, values }) => {
      // Who was seated again after the panel was named anew voted last in the panel that decides.
      const text = found.row.texts.findLast((one) => one.what === 'VoteCast' && one.by === member)?.text;
      return {
        member: person(member),
        verdict,
        values: values.map(({ line, value }) => ({ line, value: valueBody(value) })),
        reason: text ? read(text) : null,
      };
    });
}

function drawBody(draw: PanelDraw, { excluded: seesExcluded }: CaseSight, person: Reading['person']): AppealFileBody['draws'][number] {
  const { excluded, drawn, at, outcome, seed, entropy, poolHash, poolSize, eligible, departments } = draw;
  return {
    at: instant(at),
    outcome,
    seed,
    entropy,
    poolHash,
    poolSize,
    eligible,
    departments,
    drawn: drawn.map(({ subject, department }) => ({ ...person(subject), department })),
    ...(seesExcluded ? { excluded: excluded.map(({ subject, reason }) => ({ ...person(subject), reason })) } : {}),
  };
}

function decisionBody({ file }: AppealCase): AppealFileBody['decision'] {
  if (!file.decision) return null;
  const { verdict, how, settledBy, redoStep, decidedAt } = file.decision;
  return { verdict, how, settledBy, redoStep, decidedAt: instant(decidedAt) };
}

function outcomeBody(read: ReadResult | undefined, { pay }: CaseSight): AppealFileBody['published'] {
  const result = read?.explained.result;
  return { score: result?.score ?? null, grade: result?.grade ?? null, ...(pay ? { pay: result?.payTotal ?? null } : {}) };
}
