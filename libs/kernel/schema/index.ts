import { z } from 'zod';
import {
  type ActorId,
  type Instant,
  type Period,
  type PlainDay,
  type SubjectId,
  isActorId,
  isInstant,
  isPeriod,
  isPlainDay,
  isSubjectId,
  isUuid,
  parseDecimal,
} from '#kernel';

/** The pieces that every contract is made of; each accepts exactly the form its kernel type documents. */
export const zSubjectId = z
  .custom<SubjectId>((value) => typeof value === 'string' && isSubjectId(value), { error: 'not a subject id' })
  .meta({ type: 'string', format: 'uuid' });
export const zActorId = z
  .custom<ActorId>((value) => typeof value === 'string' && isActorId(value), { error: 'not an actor id' })
  .meta({ type: 'string' });
export const zInstant = z
  .custom<Instant>((value) => typeof value === 'string' && isInstant(value), { error: 'not an instant in UTC with milliseconds' })
  .meta({ type: 'string', format: 'date-time' });
export const zPlainDay = z
  .custom<PlainDay>((value) => typeof value === 'string' && isPlainDay(value), { error: 'not a day YYYY-MM-DD' })
  .meta({ type: 'string', format: 'date' });
export const zPeriod = z
  .custom<Period>((value) => typeof value === 'string' && isPeriod(value), { error: 'not a period YYYY-MM, YYYY-Qn or YYYY' })
  .meta({ type: 'string', pattern: '^\\d{4}(-(0[1-9]|1[0-2])|-Q[1-4])?$' });
export const zUuid = z.string().refine(isUuid, { error: 'not a UUID' }).meta({ format: 'uuid' });

/** A plain decimal as text (kernel DECIMAL_LIMITS); values of scores, facts and money at every edge. */
export const zDecimalText = z
  .string()
  .refine((text) => parseDecimal(text) !== undefined, { error: 'not a plain decimal' })
  .meta({ format: 'decimal' });

/** Ids and codes: short machine text, never a person's words. */
export const zCode = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._:-]{0,99}$/);
/** Organisation labels (department, region, team, position): business text, not personal. */
export const zLabel = z.string().min(1).max(120);
export const zHash = z.string().regex(/^[0-9a-f]{64}$/);
export const zVersion = z.int().min(1);
