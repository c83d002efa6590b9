-- Views of the gold tables for serverless SQL.
USE [earthquakes];
GO
IF SCHEMA_ID('gold') IS NULL EXEC('CREATE SCHEMA [gold]');
GO
CREATE OR ALTER VIEW [gold].[activity_by_network] AS
SELECT * FROM OPENROWSET(BULK 'https://exampleprod.dfs.core.windows.net/lake/earthquakes/gold/activity_by_network/', FORMAT = 'DELTA') AS [rows];
GO
CREATE OR ALTER VIEW [gold].[blasts_by_hour] AS
SELECT * FROM OPENROWSET(BULK 'https://exampleprod.dfs.core.windows.net/lake/earthquakes/gold/blasts_by_hour/', FORMAT = 'DELTA') AS [rows];
GO
CREATE OR ALTER VIEW [gold].[magnitude_reviews] AS
SELECT * FROM OPENROWSET(BULK 'https://exampleprod.dfs.core.windows.net/lake/earthquakes/gold/magnitude_reviews/', FORMAT = 'DELTA') AS [rows];
GO
CREATE OR ALTER VIEW [gold].[strongest_by_region_day] AS
SELECT * FROM OPENROWSET(BULK 'https://exampleprod.dfs.core.windows.net/lake/earthquakes/gold/strongest_by_region_day/', FORMAT = 'DELTA') AS [rows];
GO
