import type { Decider, Instant, SubjectId } from '#kernel';
import { Rejection } from '#kernel';
import type { EventsOf } from '#libs/event-store';
import type { Role } from '#libs/organisation/contracts';
import type { identityEvents } from '../contracts';

export type AccountEvent = EventsOf<typeof identityEvents>;

export type AccountCommand =
  | { readonly type: 'InviteAccount'; readonly data: { readonly subject: SubjectId; readonly expiresAt: Instant } }
  | {
      readonly type: 'RecordPasswordChange';
      readonly data: { readonly subject: SubjectId; readonly how: 'invitation' | 'by-person' | 'embedded-demo' };
    }
  | { readonly type: 'GrantRoles'; readonly data: { readonly subject: SubjectId; readonly roles: readonly Role[] } }
  | { readonly type: 'LockAccount'; readonly data: { readonly subject: SubjectId; readonly until: Instant } };

export interface Account {
  readonly roles: readonly Role[];
  readonly active: boolean;
}

/** The history of an account: invited, password set, roles granted, locked. Never a password, never a login. */
export const accountDecider: Decider<AccountCommand, Account, AccountEvent> = {
  category: 'account',
  initial: { roles: [], active: false },

  decide(command, state, { now, actor }) {
    switch (command.type) {
      case 'InviteAccount':
        return [{ type: 'AccountInvited', data: { subject: command.data.subject, invitedAt: now, expiresAt: command.data.expiresAt } }];
      case 'RecordPasswordChange':
        return [{ type: 'PasswordChanged', data: { subject: command.data.subject, changedAt: now, how: command.data.how } }];
      case 'GrantRoles': {
        if (actor === command.data.subject) throw new Rejection('identity.own-roles');
        const roles = [...new Set(command.data.roles)].sort();
        if (roles.join() === state.roles.join()) return [];
        return [{ type: 'RolesGranted', data: { subject: command.data.subject, roles, grantedAt: now } }];
      }
      case 'LockAccount':
        return [{ type: 'AccountLocked', data: { subject: command.data.subject, lockedAt: now, until: command.data.until } }];
    }
  },

  evolve(state, event) {
    switch (event.type) {
      case 'RolesGranted':
        return { ...state, roles: event.data.roles };
      case 'PasswordChanged':
        return { ...state, active: true };
      case 'AccountInvited':
      case 'AccountLocked':
        return state;
    }
  },

  isTerminal: () => false,
};
