export interface Config {
  breakGlass?: {
    activity?: {
      /** CloudTrail files on disk, read with an embedded DuckDB. */
      duckdb?: {
        /**
         * Folder that holds `AWSLogs/`. A relative path counts from the folder
         * of `app-config.yaml`. Default: `.data/cloudtrail`.
         * @visibility backend
         */
        path?: string;
        /**
         * Most memory that DuckDB may take, such as `512MB` or `2GB`.
         * Default: `1GB`.
         * @visibility backend
         */
        memoryLimit?: string;
      };
    };
  };
}
