import { type AnyReactor, defineReactor, dispatch } from '#libs/projections';
import { type AccountEvent, accountDecider, balanceProjection, type BalanceRow, deposit } from './world';

/** Mirrors each deposit into `account-mirror`, after reading the balance that the deposit led to. */
export function mirrorReactor(options: { readonly fail?: () => boolean; readonly concurrency?: number } = {}): AnyReactor {
  const { fail = () => false, concurrency = 1 } = options;
  return defineReactor<AccountEvent>({
    name: 'mirror-deposits',
    version: 1,
    concurrency,
    reads: [balanceProjection()],
    on: {
      AmountDeposited: async (event, { read }) => {
        if (event.streamId === 'account-mirror') return [];
        const row = await read.one<BalanceRow>('SELECT * FROM read.balance WHERE account = $1', [event.streamId]);
        if (!row || row.balance < event.data.amount) throw new Error('read too early');
        if (fail()) throw new TypeError('broken');
        return [dispatch(accountDecider, 'mirror', deposit(event.data.amount))];
      },
      AccountOpened: async () => [],
      AccountClosed: async () => [],
    },
  });
}
