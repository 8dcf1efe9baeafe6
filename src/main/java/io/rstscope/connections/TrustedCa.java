package io.rstscope.connections;

import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** TLS that trusts the certificates of one file and no others. */
public final class TrustedCa {
  private TrustedCa() {}

  /**
   * Of that file.
   *
   * @param pem one certificate or more; is not closed
   * @param name of the file, for messages
   * @throws IOException when it cannot be read, or holds none
   */
  public static SSLContext of(InputStream pem, String name) throws IOException {
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
        store.setCertificateEntry(Integer.toString(store.size()), each);
      }
      if (store.size() == 0) {
        throw new CertificateException("none");
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException(name + ": holds no certificates in PEM", e);
    }
  }
}
