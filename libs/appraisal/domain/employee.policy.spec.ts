import { employeeOf } from './employee.policy';

const title = { 'zh-CN': '岗位', en: 'Role' };
const role = {
  title,
  words: ['rep', 'regional_manager'],
  from: 'position' as const,
  means: { rep: ['销售代表', 'Sales representative'], regional_manager: ['区域经理'] },
};
const place = { position: '销售代表', department: 'sales', team: 't1', region: null, site: null };

it('reads the word that the text of the organisation means', () => {
  expect(employeeOf({ employee: { role } }, place)).toEqual({ role: 'rep' });
  expect(employeeOf({ employee: { role } }, { ...place, position: '区域经理' })).toEqual({ role: 'regional_manager' });
});

it('takes a text that is the word itself', () => {
  expect(employeeOf({ employee: { role } }, { ...place, position: 'rep' })).toEqual({ role: 'rep' });
});

it('hands on what means nothing, and says nothing where nothing is said', () => {
  expect(employeeOf({ employee: { role } }, { ...place, position: 'driver' })).toEqual({ role: 'driver' });
  expect(employeeOf({ employee: { role } }, { ...place, position: null })).toEqual({});
  expect(employeeOf({ employee: { role: { title, words: ['rep'] } } }, place)).toEqual({});
});

it('is absent where the scheme reads no attributes', () => {
  expect(employeeOf({}, place)).toBeUndefined();
});
