import { canonicalJson, type DecisionContext, isSubjectId, Rejection, type SubjectId } from '#kernel';
import type {
  AnswerAsPeer,
  AnswersByLine,
  AppraisalEvent,
  NominatePeers,
  RaterCommand,
  RecordCustomerAnswers,
  RecordPeerAnswers,
} from '../contracts';
import type { Appraisal, PeerRound, StepInAppraisal } from './appraisal.state';
import { taskMark } from './review-tasks.policy';

/* Groups of raters about one person: peers, whose answers nobody can tell apart, and customers. */

type Decision = readonly AppraisalEvent[];

export function decideRaters(command: RaterCommand, appraisal: Appraisal, context: DecisionContext): Decision {
  switch (command.type) {
    case 'NominatePeers':
      return nominatePeers(command, appraisal, context);
    case 'AnswerAsPeer':
      return answerAsPeer(command, appraisal, context);
    case 'RecordPeerAnswers':
      return recordPeerAnswers(command, appraisal, context);
    case 'RecordCustomerAnswers':
      return recordCustomerAnswers(command, appraisal, context);
  }
}

/** Everybody who was asked has answered, and they are enough to be told together. */
export function isComplete({ peers, answered }: PeerRound, least: number): boolean {
  return answered.length === peers.length && answered.length >= least;
}

function nominatePeers({ data }: NominatePeers, appraisal: Appraisal, { now, actor }: DecisionContext): Decision {
  const by = mustBePerson(actor);
  const task = groupTask(appraisal, 'peers');
  if (by === appraisal.subject) throw new Rejection('appraisal.own-peers');
  const round = appraisal.peerRound;
  const peers = [...new Set(data.peers)].sort();
  if (peers.length !== data.peers.length) throw new Rejection('appraisal.peer-named-twice');
  if (round && canonicalJson(round.peers) === canonicalJson(peers)) return [];
  mustTakeAnswers(appraisal, task);
  if (peers.includes(appraisal.subject)) throw new Rejection('appraisal.peer-is-subject');
  const reviewers = new Set([...appraisal.steps.flatMap(({ reviewer }) => reviewer ?? []), ...data.line]);
  if (peers.some((peer) => reviewers.has(peer))) throw new Rejection('appraisal.peer-is-reviewer');
  // Who chooses the raters is none of them.
  if (peers.includes(by)) throw new Rejection('appraisal.peer-names-oneself');
  if (data.most !== undefined && peers.length > data.most) throw new Rejection('appraisal.too-many-peers', { most: data.most });
  const removed = (round?.peers ?? []).filter((peer) => !peers.includes(peer));
  if (round?.answered.some(({ peer }) => removed.includes(peer))) throw new Rejection('appraisal.peer-answered-already');
  return [
    {
      type: 'PeersNominated',
      data: { task: appraisal.steps.indexOf(task), round: round?.round ?? data.round, peers, removed, by, nominatedAt: now },
    },
  ];
}

/** Once: what was answered can't be read again, so a second answer could not be told from the first. */
function answerAsPeer({ data }: AnswerAsPeer, appraisal: Appraisal, { now, actor }: DecisionContext): Decision {
  const peer = mustBePerson(actor);
  const task = groupTask(appraisal, 'peers');
  const round = appraisal.peerRound;
  if (!round?.peers.includes(peer)) throw new Rejection('appraisal.not-a-peer');
  if (round.answered.some((answer) => answer.peer === peer)) throw new Rejection('appraisal.answered-already');
  mustTakeAnswers(appraisal, task);
  if (data.answers.subject !== round.round) throw new Rejection('appraisal.sealed-for-another-round');
  return [{ type: 'PeerAnswered', data: { peer, answers: data.answers, answeredAt: now } }];
}

function recordPeerAnswers({ data }: RecordPeerAnswers, appraisal: Appraisal, { now, actor }: DecisionContext): Decision {
  if (isSubjectId(actor)) throw new Rejection('appraisal.only-the-system');
  const task = groupTask(appraisal, 'peers');
  const round = appraisal.peerRound;
  if (task.state !== 'open' || !round) return [];
  if (appraisal.status !== 'open') throw new Rejection('appraisal.not-open', { status: appraisal.status });
  if (!round.closed && !isComplete(round, data.least)) throw new Rejection('appraisal.peers-still-answer');
  if (data.raters !== round.answered.length) throw new Rejection('appraisal.answers-moved-on');
  const answers = data.raters < data.least ? {} : copied(data.answers);
  return [
    {
      type: 'PeerAnswersRecorded',
      data: { task: appraisal.steps.indexOf(task), ...waiting(appraisal, task), raters: data.raters, answers, recordedAt: now },
    },
  ];
}

/** A later survey takes the place of the earlier one until the appraisal is scored; both stay in the history. */
function recordCustomerAnswers({ data }: RecordCustomerAnswers, appraisal: Appraisal, { now, actor }: DecisionContext): Decision {
  const by = mustBePerson(actor);
  if (by === appraisal.subject) throw new Rejection('appraisal.own-score');
  const task = groupTask(appraisal, 'customers');
  if (task.state === 'submitted' && canonicalJson(task.answers ?? {}) === canonicalJson(data.answers)) return [];
  if (appraisal.status !== 'open') throw new Rejection('appraisal.not-open', { status: appraisal.status });
  if (task.state === 'skipped') throw new Rejection('appraisal.step-closed', { step: task.step });
  const mark = task.state === 'submitted' ? { complete: false as const } : waiting(appraisal, task);
  return [
    {
      type: 'CustomerAnswersRecorded',
      data: {
        task: appraisal.steps.indexOf(task),
        ...mark,
        customers: data.customers,
        answers: copied(data.answers),
        by,
        recordedAt: now,
      },
    },
  ];
}

function groupTask(appraisal: Appraisal, group: 'peers' | 'customers'): StepInAppraisal {
  const found = appraisal.steps.find((task) => task.group === group);
  if (!found) throw new Rejection('appraisal.group-not-asked', { group });
  return found;
}

function mustTakeAnswers(appraisal: Appraisal, task: StepInAppraisal): void {
  if (appraisal.status === 'cancelled') throw new Rejection('appraisal.cancelled');
  if (appraisal.status !== 'open') throw new Rejection('appraisal.not-open', { status: appraisal.status });
  if (task.state !== 'open' || appraisal.peerRound?.closed === true) throw new Rejection('appraisal.step-closed', { step: task.step });
}

function waiting(appraisal: Appraisal, task: StepInAppraisal): { complete?: false } {
  return taskMark(appraisal, task).complete === false ? { complete: false } : {};
}

function copied(answers: AnswersByLine): Record<string, string[]> {
  return Object.fromEntries(Object.entries(answers).map(([line, values]) => [line, [...values]]));
}

function mustBePerson(actor: string): SubjectId {
  if (!isSubjectId(actor)) throw new Rejection('appraisal.not-a-person');
  return actor;
}
