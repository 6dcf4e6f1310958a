export * from './Insights';
