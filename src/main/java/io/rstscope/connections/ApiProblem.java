package io.rstscope.connections;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;

/**
 * Why the management API gave no list, in words that say what to do; nothing it said is in them.
 */
final class ApiProblem {
  static final String BROKE_OFF = "the connection was closed amid its answer";
  static final String TOO_SLOW = "its answer took too long";

  private ApiProblem() {}

  /** Of an answer that is not 200. */
  static String of(int status) {
    String why =
        switch (status) {
          case 401 -> "wrong user or password, or a user without the tag monitoring";
          case 403 -> "the user may not list connections: give it the tag monitoring";
          case 404 ->
              "no management API at this URL: is the plugin rabbitmq_management enabled, and the"
                  + " path right?";
          case 301, 302, 303, 307, 308 -> "a redirect, which is not followed: give its target";
          default -> null;
        };
    return "status " + status + (why == null ? "" : ": " + why);
  }

  /** Of no answer. */
  static String of(IOException failure) {
    if (failure instanceof HttpTimeoutException) {
      return "no answer";
    }
    if (has(failure, UnresolvedAddressException.class)) {
      return "no such host";
    }
    if (failure instanceof ConnectException) {
      return "connection refused, or no route to it";
    }
    if (has(failure, CertPathBuilderException.class)
        || has(failure, CertPathValidatorException.class)) {
      return "its certificate is not trusted: name its CA by --management-ca";
    }
    if (has(failure, CertificateException.class)) {
      return "its certificate is of another host than the URL";
    }
    if (isOfBody(failure)) {
      return BROKE_OFF;
    }
    return failure instanceof SSLException
        ? "no TLS with it: is this its https port?"
        : "no answer in HTTP: is this the port of the management plugin, and is it http?";
  }

  /** As the JDK's client begins to say when a body ends too early (its ResponseContent). */
  private static boolean isOfBody(IOException failure) {
    String said = String.valueOf(failure.getMessage());
    return said.startsWith("fixed content-length") || said.startsWith("chunked transfer encoding");
  }

  private static boolean has(Throwable failure, Class<? extends Throwable> cause) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (cause.isInstance(each)) {
        return true;
      }
    }
    return false;
  }
}
