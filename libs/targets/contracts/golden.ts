/** One stored payload of each event at version 1, as it came out of the log: it must decode for ever. */
export const TARGETS_GOLDEN = {
  TargetImportStarted: {
    fileHash: '83b445fa811c78879445d67573c2e55f254f2823956969bd610d7e214ce56aa4',
    importId: '4c162047-bd8e-86c8-af1f-ab6e5c59a9c8',
    rows: 1,
  },
  TargetsSet: {
    chunk: 0,
    importId: '4c162047-bd8e-86c8-af1f-ab6e5c59a9c8',
    reason: '季度调整',
    targets: [
      { metric: 'sales.target', owner: { subject: '01a1a938-4680-76f3-b820-d67861ecd625' }, period: '2026-10', row: 2, value: '110000' },
    ],
  },
  TargetImportCompleted: {
    completedAt: '2026-11-05T01:00:00.000Z',
    importId: '4c162047-bd8e-86c8-af1f-ab6e5c59a9c8',
    revised: 1,
    targets: 1,
  },
  TargetAccepted: { acceptedAt: '2026-11-05T01:00:00.000Z', period: '2026-10', subject: '01a1a938-4680-76f3-b820-d67861ecd625' },
} as const;
