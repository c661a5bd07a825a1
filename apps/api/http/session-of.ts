import { isIPv6 } from 'node:net';
import type { FastifyRequest } from 'fastify';
import type { SubjectId } from '#kernel';
import type { IdentityService } from '#libs/identity';

export const SESSION_COOKIE = 'centum_session';

const TOKEN_CHARS = 200;

export interface Session {
  readonly token: string;
  readonly subject: SubjectId;
}

const asked = new WeakMap<FastifyRequest, Promise<Session | undefined>>();

/** Whose request it is, by `Authorization: Bearer` or the session cookie; looked up once a request. */
export function sessionOf(request: FastifyRequest, identity: Pick<IdentityService, 'subjectOf'>): Promise<Session | undefined> {
  const known = asked.get(request);
  if (known) return known;
  const session = lookUp(request, identity);
  asked.set(request, session);
  return session;
}

/**
 * Whose requests are counted together: those of an account, wherever it is used from, for a whole office may share one address. Who is
 * not signed in counts by address; of IPv6 by its first 64 bits, which one household has to itself.
 */
export async function countedAs(request: FastifyRequest, identity: Pick<IdentityService, 'subjectOf'>): Promise<string> {
  // What fails here fails again where the answer can say so.
  const session = await sessionOf(request, identity).catch(() => undefined);
  return session ? `account ${session.subject}` : `address ${network(request.ip)}`;
}

async function lookUp(request: FastifyRequest, identity: Pick<IdentityService, 'subjectOf'>): Promise<Session | undefined> {
  const token = tokenOf(request);
  const subject = token === undefined ? undefined : await identity.subjectOf(token);
  return token !== undefined && subject ? { token, subject } : undefined;
}

function tokenOf(request: FastifyRequest): string | undefined {
  const header = request.headers.authorization;
  if (header?.startsWith('Bearer ')) return header.slice('Bearer '.length).slice(0, TOKEN_CHARS);
  const cookie: unknown = request.cookies[SESSION_COOKIE];
  return typeof cookie === 'string' ? cookie.slice(0, TOKEN_CHARS) : undefined;
}

/** `2001:db8:1:2::/64` of an IPv6 address; an IPv4 address, also one written as IPv6, as it is. */
export function network(address: string): string {
  const mapped = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (!isIPv6(address)) return address;
  const [head = '', tail = ''] = (address.split('%')[0] ?? '').toLowerCase().split('::');
  const before = groupsOf(head);
  const after = groupsOf(tail);
  const zeros = address.includes('::') ? Array.from({ length: 8 - before.length - after.length }, () => '0') : [];
  const groups = [...before, ...zeros, ...after].map((group) => group.replace(/^0+(?=.)/, ''));
  return `${groups.slice(0, 4).join(':')}::/64`;
}

function groupsOf(text: string): readonly string[] {
  // An IPv4 tail stands for two groups; they are beyond the first 64 bits.
  return text === '' ? [] : text.split(':').flatMap((group) => (group.includes('.') ? ['0', '0'] : [group]));
}
