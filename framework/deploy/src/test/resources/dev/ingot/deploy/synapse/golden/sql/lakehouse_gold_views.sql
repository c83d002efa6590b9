-- Views of the gold tables for serverless SQL.
USE [lakehouse];
GO
IF SCHEMA_ID('gold') IS NULL EXEC('CREATE SCHEMA [gold]');
GO
CREATE OR ALTER VIEW [gold].[totals] AS
SELECT * FROM OPENROWSET(BULK 'https://acct.dfs.core.windows.net/lake/shop/gold/totals/', FORMAT = 'DELTA') AS [rows];
GO
