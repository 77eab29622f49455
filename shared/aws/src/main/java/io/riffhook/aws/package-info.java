/**
 * DynamoDB, SQS and S3 behind the domain's ports, and settings from the environment. Everything
 * that needs S3's classes has a name that begins with S3, for not every function carries them.
 */
@NullMarked
package io.riffhook.aws;

import org.jspecify.annotations.NullMarked;
