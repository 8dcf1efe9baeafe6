package io.rstscope.connections;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a password may be sent. */
class ManagementUrlTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:15672",
        "http://LOCALHOST",
        "http://127.0.0.1:15672",
        "http://127.8.8.8:15672",
        "http://[::1]:15672",
        "https://broker:15671",
        "HTTPS://broker.example.com/rabbit",
        "https://10.0.0.2:15671",
      })
  void shouldBeTakenAsItIs(String url) {
    assertEquals(url, ManagementUrl.parse(url).toString());
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost:15672/,      http://localhost:15672/api/connections?",
    "https://broker/rabbit/,       https://broker/rabbit/api/connections?",
    "https://broker/rabbit,        https://broker/rabbit/api/connections?",
  })
  void shouldLeadToThePagesOfConnections(String url, String asked) {
    String page = ManagementUrl.parse(url).connections(2, 500).toString();

    assertTrue(page.startsWith(asked + "page=2&page_size=500&columns=client_properties,"), page);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://broker:15672",
        "http://10.0.0.2:15672",
        "http://localhost.example.com",
        "http://127.0.0.1.example.com",
        "http://[::2]:15672",
        "http://0.0.0.0:15672",
        "http://[fe80::1%25lo]:15672",
      })
  void shouldBeEncryptedToOtherHosts(String url) {
    assertRefused(url, "would send the password unencrypted: use https");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://shop:Tr0ub4dor@broker:15671",
        "https://Tr0ub4dor@broker",
        "http://shop:Tr0ub4dor@localhost:15672",
        "https://shop:Tr0ub4dor@bro_ker",
        "ftp://shop:Tr0ub4dor@broker",
      })
  void shouldHoldNoPassword(String url) {
    assertRefused(url, "use --management-user and --management-password-file");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost:15672",
        "localhost",
        "/api",
        "ftp://localhost",
        "http:///api",
        "http://127.1:15672",
        "http://localhost:65536",
        "http://localhost:99999999999",
        "http://a b",
        "https://shop:Tr0ub4dor|@broker",
        "mailto:shop@Tr0ub4dor",
      })
  void shouldBeAUrl(String url) {
    assertRefused(url, "is not a URL, such as http://localhost:15672");
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://broker?page=1", "https://broker/#/connections"})
  void shouldEndBeforeTheApi(String url) {
    assertRefused(url, "has a query or a fragment: give what comes before /api");
  }

  private static void assertRefused(String url, String why) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> ManagementUrl.parse(url)).getMessage();

    assertTrue(message.contains(why), message);
    assertFalse(message.contains("Tr0ub4dor"), message);
  }
}
