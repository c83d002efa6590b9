/**
 * The secret stores that a scope can name: environment variables, files, Azure Key Vault, AWS Secrets Manager, Databricks
 * and Synapse, each with the credentials it signs in with. Loads no Spark class.
 */
package dev.ingot.secrets.provider;
