import { shared } from './shared';

export default async function teardown(): Promise<void> {
  const state = shared();
  state.users -= 1;
  if (state.users > 0) return;
  await state.stop?.();
  delete state.stop;
  delete state.ready;
}
