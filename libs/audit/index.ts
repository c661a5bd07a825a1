export { anchorsOf, focused } from './domain/anchors.policy';
export { eventInWords } from './domain/words.policy';
export type { Language, Told } from './domain/words.policy';
export { STREAM_ANCHOR, streamAnchorProjection } from './read/stream-anchor.projection';
export type { StreamAnchorRow } from './read/stream-anchor.projection';
export { TIMELINE_LIMITS, timelineReader } from './read/timeline.reader';
export type { Timeline, TimelineEntry, TimelineParts, TimelineQuery, TimelineReader } from './read/timeline.reader';
export { rowDifference } from './read/row-difference.reader';
export type { DifferenceParts, FieldChange, RowsOfTwoMoments } from './read/row-difference.reader';
