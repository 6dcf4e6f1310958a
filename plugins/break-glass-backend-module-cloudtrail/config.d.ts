export interface Config {
  breakGlass?: {
    activity?: {
      /** CloudTrail's event history, read account by account through the brokers. */
      cloudtrail?: {
        /**
         * ARN of the role in every account that may look events up and nothing
         * else. Default: `arn:$${partition}:iam::$${accountId}:role/break-glass/ActivityReader`.
         * @visibility backend
         */
        readerRoleArn?: string;
        /**
         * Most calls a second to one account and region. Default: 2, which is
         * what AWS allows; less where others look events up, too.
         * @visibility backend
         */
        callsPerSecond?: number;
        /**
         * Most pages of 50 events that one lookup in one region reads; what lies
         * beyond is said beside the evidence. Default: 200.
         * @visibility backend
         */
        maxPages?: number;
        /** By AWS partition: `aws`, `aws-cn`, `aws-us-gov`, … */
        partitions?: {
          [partition: string]: {
            /**
             * Regions to look in. The region of global services is always one of
             * them. Default: those that every account has.
             * @visibility backend
             */
            regions?: string[];
            /**
             * Other address than AWS' own for CloudTrail: the sandbox, say.
             * @visibility backend
             */
            endpoint?: string;
            /**
             * Account that the health check reads. Default: the broker's own.
             * @visibility backend
             */
            probeAccountId?: string;
          };
        };
      };
    };
  };
}
