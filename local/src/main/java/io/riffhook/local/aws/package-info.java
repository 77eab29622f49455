/**
 * AWS on one machine: embedded services, and the provisioning of any AWS with what the template
 * declares.
 */
@NullMarked
package io.riffhook.local.aws;

import org.jspecify.annotations.NullMarked;
