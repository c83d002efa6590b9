package com.databricks.dbutils_v1;

/** What Databricks has on its driver, as far as secrets are concerned: scope 'etl' with one secret 'password'. */
public final class DBUtilsHolder {

    private DBUtilsHolder() {}

    public static DBUtilsV1 dbutils() {
        return new Hidden();
    }

    /** The public face of what is not public. */
    public interface DBUtilsV1 {
        SecretUtils secrets();
    }

    /** The same. */
    public interface SecretUtils {
        String get(String scope, String key);
    }

    private static final class Hidden implements DBUtilsV1, SecretUtils {

        @Override
        public SecretUtils secrets() {
            return this;
        }

        @Override
        public String get(String scope, String key) {
            if (scope.equals("etl") && key.equals("password")) {
                return "hunter-2";
            }
            throw new IllegalArgumentException("Secret does not exist with scope: " + scope + " and key: " + key);
        }
    }
}
