import type { FactsProfile, ImportProfile, NamedProfile } from '../contracts';

const DATES = ['YYYY-MM-DD', 'YYYY/M/D', 'M/D/YYYY', 'YYYY-MM-DD HH:mm:ss', 'YYYY-MM-DD HH:mm'];
const MONEY: FactsProfile['numbers'] = { thousands: ',', strip: ['CNY', 'RMB', 'USD', '$', '¥', '￥'], parentheses: true };

/** A won deal is its amount and one deal. */
const WON_DEAL = (amount: readonly string[]): FactsProfile['facts'] => [
  { metric: { constant: 'sales.amount' }, value: { column: [...amount] } },
  { metric: { constant: 'deals.won' }, value: { constant: '1' } },
];

/** The file as documented: `employee_no,metric,value,happened_on,record_id`; `team:…`, `region:…` … instead of a person. */
export const STANDARD_FACTS_PROFILE: FactsProfile = {
  kind: 'facts',
  source: 'csv',
  owner: { column: ['employee_no', '工号'], units: 'prefixed', by: ['employee-no'], unknown: 'refuse' },
  recordId: { columns: [['record_id', '记录编号']] },
  happenedOn: { column: ['happened_on', '发生日期'], formats: ['YYYY-MM-DD'] },
  facts: [{ metric: { column: ['metric', '指标'] }, value: { column: ['value', '数值'] } }],
  strictColumns: true,
};

/** A row per opportunity, as Salesforce and files shaped like it export them: sample data sets of CRM vendors too. */
const SALESFORCE_OPPORTUNITIES: FactsProfile = {
  kind: 'facts',
  source: 'salesforce',
  filter: { column: ['deal_stage', 'Stage', 'StageName', 'Opportunity Stage'], op: 'in', values: ['Won', 'Closed Won'] },
  owner: {
    column: ['sales_agent', 'Opportunity Owner', 'Owner', 'Owner Name', 'Owner.Name'],
    by: ['name', 'login', 'employee-no'],
    unknown: 'refuse',
  },
  recordId: { columns: [['opportunity_id', 'Opportunity ID', 'OpportunityId', 'Id']] },
  happenedOn: { column: ['close_date', 'Close Date', 'CloseDate'], formats: DATES },
  numbers: MONEY,
  facts: WON_DEAL(['close_value', 'Amount', 'Close Value']),
  completeFor: ['sales.amount', 'deals.won'],
};

const ZOHO_DEALS: FactsProfile = {
  ...SALESFORCE_OPPORTUNITIES,
  source: 'zoho',
  filter: { column: ['Stage', '阶段'], op: 'in', values: ['Closed Won', '赢单'] },
  owner: { column: ['Deal Owner', 'Deal Owner Name', '交易所有者'], by: ['name', 'login', 'employee-no'], unknown: 'refuse' },
  recordId: { columns: [['Record Id', 'Deal Id', '记录ID']] },
  happenedOn: { column: ['Closing Date', '结束日期'], formats: DATES },
  facts: WON_DEAL(['Amount', '金额']),
};

const JIANDAOYUN_DEALS: FactsProfile = {
  ...SALESFORCE_OPPORTUNITIES,
  source: 'jiandaoyun',
  filter: { column: ['商机阶段', '阶段', '销售阶段'], op: 'in', values: ['赢单', '成交', '已成交', '已赢单'] },
  owner: { column: ['负责人', '销售负责人', '跟进人'], by: ['name', 'employee-no', 'login'], unknown: 'refuse' },
  recordId: { columns: [['数据ID', '商机编号', '编号']] },
  happenedOn: { column: ['成交日期', '赢单日期', '结单日期'], formats: [...DATES, 'YYYY年M月D日'] },
  facts: WON_DEAL(['成交金额', '商机金额', '金额']),
};

/** A sales team list that goes with such exports: agent, manager, office; managers stand only in their column. */
const CRM_SALES_TEAMS: ImportProfile = {
  kind: 'people',
  employeeNo: { column: ['sales_agent', 'Sales Agent', '销售员'] },
  name: { column: ['sales_agent', 'Sales Agent', '销售员'] },
  roles: { otherwise: ['rep'] },
  department: { constant: 'Sales' },
  region: { column: ['regional_office', 'Region', 'Office', '大区'] },
  manager: { column: ['manager', 'Manager', '经理'], by: 'name' },
  managersBecomePeople: { roles: ['manager'] },
};

/** Profiles that ship with the product; a company's own of the same name come after them. */
export const BUILT_IN_PROFILES: ReadonlyMap<string, NamedProfile> = new Map(
  Object.entries<ImportProfile>({
    'salesforce-opportunities': SALESFORCE_OPPORTUNITIES,
    'zoho-deals': ZOHO_DEALS,
    'jiandaoyun-deals': JIANDAOYUN_DEALS,
    'crm-sales-teams': CRM_SALES_TEAMS,
  }).map(([name, definition]) => [name, { name, version: 1, builtIn: true, definition }]),
);
