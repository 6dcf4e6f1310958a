import { hiveFields } from './hiveFields';

it('names every field of a struct, nested ones by dots', () => {
  expect(
    hiveFields(
      'STRUCT<type:STRING, `ctx`: struct<a:map<string,string>,b:array<struct<x:int>>,c:struct<d:decimal(10,2)>>,last:string>',
    ),
  ).toEqual(['type', 'ctx', 'ctx.a', 'ctx.b', 'ctx.c', 'ctx.c.d', 'last']);
});

it.each(['string', 'array<struct<a:string>>', ''])('finds none in %j', type => {
  expect(hiveFields(type)).toEqual([]);
});
