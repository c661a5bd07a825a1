export { accountInvited, accountLocked, identityEvents, passwordChanged, rolesGranted } from './events';
