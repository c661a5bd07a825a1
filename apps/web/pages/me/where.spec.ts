import { comingPhase } from './where';

type State = 'planned' | 'open' | 'complete' | 'closed';
const phases = (...states: State[]) =>
  (['self-review', 'manager-review', 'publication', 'appeals'] as const).map((phase, index) => ({
    phase,
    state: states[index] ?? 'planned',
  }));

describe('what comes next for a person', () => {
  it('is nothing while they stand in a phase that is open', () => {
    expect(comingPhase({ phases: phases('open'), here: 'self-review' })).toBeUndefined();
  });

  it('is their own phase while that has not begun', () => {
    expect(comingPhase({ phases: phases('open'), here: 'manager-review' })).toMatchObject({ phase: 'manager-review', state: 'planned' });
  });

  it('is the next phase where their own is over without them', () => {
    expect(comingPhase({ phases: phases('closed', 'closed', 'open'), here: 'manager-review' })).toMatchObject({ phase: 'publication' });
    expect(comingPhase({ phases: phases('closed', 'closed', 'closed', 'closed'), here: 'manager-review' })).toBeUndefined();
    expect(comingPhase({ phases: phases('closed'), here: null })).toBeUndefined();
  });
});
