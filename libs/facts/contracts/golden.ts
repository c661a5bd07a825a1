/** One stored payload of each event at version 1, as it came out of the log: it must decode for ever. */
export const FACTS_GOLDEN = {
  FactImportStarted: {
    fileHash: '5e7398b863f1eef25b4dadfe5e281c824a31842e17a43160cb8635a376842593',
    importId: '22cc592d-34ba-82f4-802a-7481f6f89d1b',
    profile: { name: 'our-erp', version: 1 },
    rows: 2,
    source: 'erp',
  },
  FactsRecorded: {
    chunk: 0,
    facts: [
      {
        factId: '7a7ac473-9b9f-8674-be77-c8c7bd1bfae0',
        happenedOn: '2026-10-12',
        metric: 'sales.amount',
        owner: { subject: '01a1a938-4680-76f3-b820-d67861ecd625' },
        recordId: 'SO-1',
        row: 2,
        source: 'erp',
        value: '95000.00',
      },
    ],
    importId: '22cc592d-34ba-82f4-802a-7481f6f89d1b',
  },
  FactRowsSetAside: {
    chunk: 1,
    importId: '22cc592d-34ba-82f4-802a-7481f6f89d1b',
    rows: [
      {
        facts: [{ happenedOn: '2026-10-12', metric: 'sales.amount', recordId: 'SO-2', value: '1.5' }],
        ownerKeys: [{ key: '6c496c34d3dfb6dc6cf8589af2414d8ec167f6c1095cfff19894adc9757af144', kind: 'employee-no' }],
        reason: 'unknown-owner',
        row: 3,
      },
    ],
    source: 'erp',
  },
  FactImportCompleted: {
    completeFor: { metrics: ['customers.new'], people: 'everyone', period: '2026-10' },
    completedAt: '2026-11-05T01:00:00.000Z',
    facts: 1,
    filtered: 0,
    importId: '22cc592d-34ba-82f4-802a-7481f6f89d1b',
    repeated: 0,
    setAside: [{ reason: 'unknown-owner', row: 3 }],
    setAsideTotal: 1,
    source: 'erp',
  },
  FactCorrected: {
    fact: {
      factId: '308e4b65-9b80-8f93-8422-db2604ac6190',
      happenedOn: '2026-10-12',
      metric: 'sales.amount',
      owner: { subject: '01a1a938-4680-76f3-b820-d67861ecd625' },
      recordId: 'SO-1',
      source: 'erp',
      value: '96000.00',
    },
    importId: '7a7ac473-9b9f-8674-be77-c8c7bd1bfae0',
    reason: '发票重复',
    supersedes: '7a7ac473-9b9f-8674-be77-c8c7bd1bfae0',
  },
  ImportProfileSaved: {
    definition:
      '{"facts":[{"metric":{"column":"metric"},"value":{"column":"value"}}],"happenedOn":{"column":"happened_on","formats":["YYYY-MM-DD"]},"kind":"facts","owner":{"by":["employee-no"],"column":"employee_no","unknown":"set-aside"},"recordId":{"columns":["record_id"]},"source":"erp"}',
    kind: 'facts',
    name: 'our-erp',
    version: 1,
  },
} as const;
