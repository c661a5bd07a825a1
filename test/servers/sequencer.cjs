'use strict';

const { default: Sequencer } = require('@jest/test-sequencer');

/** A suite that takes minutes must not begin when the others end: the kinds that take longest come first, then what is known to. */
const KINDS = ['e2e', 'integration', 'unit'];

class LongestFirst extends Sequencer {
  sort(tests) {
    const place = ({ context }) => KINDS.indexOf(context.config.displayName?.name ?? '');
    return [...super.sort(tests)].sort((one, other) => place(one) - place(other));
  }
}

module.exports = LongestFirst;
