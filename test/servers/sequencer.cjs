'use strict';

const { default: Sequencer } = require('@jest/test-sequencer');

const KINDS = ['e2e', 'integration', 'unit'];

/**
 * A suite that takes minutes must not begin when the others end: those with real servers come first. Browser suites are busy all
 * the time, the others wait a good part of theirs: one of the first beside one of the others keeps two cores at work.
 */
class BusyBesideWaiting extends Sequencer {
  sort(tests) {
    const place = ({ context }) => KINDS.indexOf(context.config.displayName?.name ?? '');
    const sorted = [...super.sort(tests)].sort((one, other) => place(one) - place(other));
    const isBusy = ({ path }) => /[\\/]test[\\/]browser[\\/]/.test(path);
    const busy = sorted.filter(isBusy);
    const waiting = sorted.filter((test) => !isBusy(test));
    return Array.from({ length: sorted.length }, (_, at) =>
      at % 2 === 0 ? (busy.shift() ?? waiting.shift()) : (waiting.shift() ?? busy.shift()),
    );
  }
}

module.exports = BusyBesideWaiting;
