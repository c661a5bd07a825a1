import type { Decider, Message } from '#kernel';
import type { CommandRunner, RecordedEvent } from '#libs/event-store';
import type { AnyProjection } from './definition';

/** Ids, numbers, codes and instants only: signals stand in workflow histories for ever. */
export type SignalData = Readonly<Record<string, string | number | boolean | null>>;

/**
 * How the streams of one category meet their workflows: workflow id = stream id. The bridge starts a workflow after an
 * event of `startsOn`, only while the stream at its head is not terminal, and signals the events of `signals` after they
 * were committed. `endsOn` narrows the search for missing workflows at start-up; the decider has the last word.
 */
export interface WorkflowRoute<E extends Message = Message> {
  readonly category: string;
  /** Name under which the workflow is registered. */
  readonly workflowType: string;
  /** The product's own when absent. */
  readonly taskQueue?: string;
  readonly startsOn: readonly E['type'][];
  readonly endsOn: readonly E['type'][];
  /** Which events of those types end the stream; all of them when absent. */
  ends?(event: RecordedEvent<E>): boolean;
  /** Arguments of the workflow from its start event: ids, numbers and positions, never lists. */
  argsOf(event: RecordedEvent<E>): readonly unknown[];
  /** Keyword search attributes, such as CentumCycle. */
  searchAttributes?(event: RecordedEvent<E>): Readonly<Record<string, string>>;
  /** What each signalled event carries. The payload of the signal is `{ epoch, position, type, data }`. */
  readonly signals: { readonly [T in E['type']]?: SignalDataOf<Extract<E, { readonly type: T }>> };
  /** Events of other categories that a workflow of this one waits for, by type: whom to tell and what. */
  readonly neighbours?: Readonly<Record<string, NeighbourSignal>>;
  /** Read models that the workflow asks after a signal: they get a moment to see the event first. */
  readonly reads?: readonly AnyProjection[];
  /** True when the stream takes no further event. */
  isTerminal(load: CommandRunner['load'], id: string): Promise<boolean>;
}

/** Undefined: this one is not signalled. A plain function; declared through a method so that a route of certain events is a route. */
export type SignalDataOf<E extends Message> = { data(event: RecordedEvent<E>): SignalData | undefined }['data'];

export type NeighbourSignal = (event: RecordedEvent) => { readonly streamId: string; readonly data: SignalData } | undefined;

export type AnyWorkflowRoute = WorkflowRoute;

/** Keeps the types of events and handlers in step and takes category and end of a stream from its decider. */
export function defineWorkflowRoute<S, E extends Message>(
  definition: Omit<WorkflowRoute<E>, 'category' | 'isTerminal'> & {
    readonly decider: Pick<Decider<Message, S, E>, 'category' | 'initial' | 'evolve' | 'isTerminal'>;
  },
): WorkflowRoute<E> {
  const { decider, ...route } = definition;
  return { ...route, category: decider.category, isTerminal: async (load, id) => decider.isTerminal((await load(decider, id)).state) };
}
