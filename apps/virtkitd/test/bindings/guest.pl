# Sys::Virt against the daemon of a uri: prints as JSON what it saw. Usage: guest.pl URI DOCUMENT
use strict;
use warnings;
use JSON::PP;
use Sys::Virt;
use Sys::Virt::Domain;
use Sys::Virt::Event;

my ($uri, $document) = @ARGV;
Sys::Virt::Event::register_default();
my %seen = (legacy => [], any => []);

sub note {
    my ($style) = @_;
    return sub {
        my ($connection, $domain, $event, $detail) = @_;
        push @{ $seen{$style} }, [ $event, $detail, $domain->get_name ];
    };
}

sub ended {
    my ($style) = @_;
    return scalar grep { $_->[0] == Sys::Virt::Domain::EVENT_UNDEFINED } @{ $seen{$style} };
}

my $connection = Sys::Virt->new(uri => $uri);
$connection->domain_event_register(note('legacy'));
my $identity =
    $connection->domain_event_register_any(undef, Sys::Virt::Domain::EVENT_ID_LIFECYCLE, note('any'));

my $domain = $connection->define_domain($document);
$domain->create;
my @states = ([ $domain->get_state ]);
my @lists = ([ map { $_->get_name } $connection->list_all_domains ]);
$domain->destroy;
push @states, [ $domain->get_state ];
$domain->undefine;
push @lists, [ map { $_->get_name } $connection->list_all_domains ];

# The timer ends a round of the loop that nothing else ends.
my $timer = Sys::Virt::Event::add_timeout(500, sub { });
for (my $rounds = 0; $rounds < 40 && !(ended('legacy') && ended('any')); $rounds++) {
    Sys::Virt::Event::run_default();
}
my $complete = ended('legacy') && ended('any') ? JSON::PP::true : JSON::PP::false;

Sys::Virt::Event::remove_timeout($timer);
$connection->domain_event_deregister;
$connection->domain_event_deregister_any($identity);
undef $domain;
undef $connection;
print encode_json({ events => \%seen, complete => $complete, states => \@states, lists => \@lists, left => 0 }), "\n";
