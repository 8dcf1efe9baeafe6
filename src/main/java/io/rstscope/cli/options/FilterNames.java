package io.rstscope.cli.options;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * Names of hosts and networks in a filter expression (pcap-filter(7)). libpcap asks a name server
 * for them, which who only reads a capture does not expect, and which tells others what is looked
 * for; so they are refused. Names of ports and protocols it finds in files.
 */
public final class FilterNames {
  private static final Pattern WORD =
      Pattern.compile("[0-9a-fA-F]*:[0-9a-fA-F:.]*|\\\\?\\w[-.\\w]*");

  /** IPv4 or a part of it, a number, IPv6 or a MAC address in the forms that libpcap reads. */
  private static final Pattern ADDRESS =
      Pattern.compile(
          "\\d+(\\.\\d+){0,3}|0x[0-9a-fA-F]+|.*:.*|[0-9a-fA-F]{1,2}([-.][0-9a-fA-F]{1,2}){5}"
              + "|[0-9a-fA-F]{4}(\\.[0-9a-fA-F]{4}){2}");

  /** What the address of a host or network follows. */
  private static final Set<String> QUALIFIERS =
      Set.of(
          "src", "dst", "host", "net", "gateway", "ra", "ta", "addr1", "addr2", "addr3", "addr4");

  /** What leaves the qualifiers before as they are. */
  private static final Set<String> OPERATORS = Set.of("and", "or", "not");

  /** All other words of the language, from libpcap's scanner.l: no address follows. */
  private static final Set<String> OTHERS =
      Set.of(
          ("aarp action ah arp atalk bcc broadcast byte carp connectmsg csnp decnet dir direction"
                  + " dpc es-is esis esp ether fddi fisu geneve greater hdpc hfisu hlssu hmsu"
                  + " hopc hsio hsls icmp icmp6 ifindex ifname igmp igrp iih ilmic inbound ip ip6"
                  + " ipx is-is isis iso l1 l2 lane lat len length less link llc lsp lssu lsu mask"
                  + " metac metaconnect mopdl moprc mpls msu multicast netbeui oam oamf4 oamf4ec"
                  + " oamf4sc on opc outbound pim port portrange ppp pppoed pppoes proto protochain"
                  + " psnp radio rarp reason rnr rset rulenum ruleset sc sca sctp sio slip sls snp"
                  + " srnr stp subrulenum subtype tcp tr type udp vci vlan vpi vrrp vxlan wlan")
              .split(" "));

  private FilterNames() {}

  /**
   * Complains of the first name.
   *
   * @param expression null for none
   * @throws ParameterException when there is one
   */
  public static void refuse(CommandSpec command, String expression) {
    String name = expression == null ? null : first(expression);
    Usage.require(
        command,
        name == null,
        "the filter names '" + name + "': give its address, for no name is looked up");
  }

  /** The first name of a host or network, or null. */
  private static String first(String expression) {
    boolean wanted = false;
    Matcher words = WORD.matcher(expression);
    while (words.find()) {
      String word = words.group();
      if (QUALIFIERS.contains(word)) {
        wanted = true;
      } else if (OTHERS.contains(word)) {
        wanted = false;
      } else if (wanted && !OPERATORS.contains(word) && !ADDRESS.matcher(word).matches()) {
        return word;
      }
    }
    return null;
  }
}
